package storetest

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's "pgx"
)

// Multiply copies the distributions of a database under new ids until there are
// at least so many lines, for benchmarks: the shape of the data stays. It is
// quick because nothing is checked and no sums are kept: have them made anew.
func Multiply(t testing.TB, database string, lines int) {
	t.Helper()
	driver, address, first, last := "pgx", database, "SET session_replication_role = replica", "VACUUM ANALYZE"
	if path, isFile := strings.CutPrefix(database, "sqlite:"); isFile {
		driver, address = "sqlite", "file:"+path+"?_pragma=busy_timeout(60000)"
		first, last = "PRAGMA foreign_keys = OFF", "ANALYZE"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // what is set holds for a connection
	var have int
	if err := db.QueryRow("SELECT COUNT(*) FROM distribution_lines").Scan(&have); err != nil || have == 0 {
		t.Fatalf("storetest: %d lines to multiply: %v", have, err)
	}
	for _, statement := range []string{first, copyRecords, copyLines, last} {
		var args []any
		if strings.HasPrefix(statement, "INSERT") {
			args = []any{lines / have}
		}
		if _, err := db.ExecContext(context.Background(), statement, args...); err != nil {
			t.Fatalf("storetest: multiply: %v", err)
		}
	}
}

const series = "WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < $1) "

const copyRecords = "INSERT INTO records (programme_id, id, kind, corrects_id, void, why, digest, account_id, received_hour) " + series +
	"SELECT programme_id, id || '#' || n, kind, NULL, void, why, digest, account_id, received_hour FROM records CROSS JOIN k WHERE kind = 'distribution' AND corrects_id IS NULL"

const copyLines = "INSERT INTO distribution_lines (programme_id, record_id, line, day, site_id, area_id, setting, supplier, channel, recipient, supply, reason, product_id, batch_id, training, people, kits) " + series +
	"SELECT programme_id, record_id || '#' || n, line, day, site_id, area_id, setting, supplier, channel, recipient, supply, reason, product_id, batch_id, training, people, kits FROM distribution_lines CROSS JOIN k"
