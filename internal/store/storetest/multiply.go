package storetest

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's "pgx"
)

// Multiply copies the distributions of a database under new ids until there are
// at least so many lines, for benchmarks: the shape of the data stays.
func Multiply(t testing.TB, database string, lines int) {
	t.Helper()
	driver, address := "pgx", database
	if path, isFile := strings.CutPrefix(database, "sqlite:"); isFile {
		driver, address = "sqlite", "file:"+path+"?_pragma=busy_timeout(60000)"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	defer db.Close()
	var have int
	if err := db.QueryRow("SELECT COUNT(*) FROM distribution_lines").Scan(&have); err != nil || have == 0 {
		t.Fatalf("storetest: %d lines to multiply: %v", have, err)
	}
	copies := lines/have + 1
	for _, statement := range []string{copyRecords, copyLines, "ANALYZE"} {
		args := []any{copies}
		if statement == "ANALYZE" {
			args = nil
		}
		if _, err := db.Exec(statement, args...); err != nil {
			t.Fatalf("storetest: multiply: %v", err)
		}
	}
}

const series = "WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < $1) "

const copyRecords = "INSERT INTO records (programme_id, id, kind, corrects_id, void, why, digest, account_id, received_hour) " + series +
	"SELECT programme_id, id || '#' || n, kind, NULL, void, why, digest, account_id, received_hour FROM records CROSS JOIN k WHERE kind = 'distribution' AND corrects_id IS NULL"

const copyLines = "INSERT INTO distribution_lines (programme_id, record_id, line, day, site_id, area_id, setting, supplier, channel, recipient, supply, reason, product_id, batch_id, training, people, kits) " + series +
	"SELECT programme_id, record_id || '#' || n, line, day, site_id, area_id, setting, supplier, channel, recipient, supply, reason, product_id, batch_id, training, people, kits FROM distribution_lines CROSS JOIN k"
