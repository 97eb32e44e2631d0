package storetest

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's "pgx"
)

// Multiply copies the distributions of a database, and all that moved kits, under
// new ids until there are about so many lines, for benchmarks: the shape of the data
// stays. It is quick because nothing is checked, indexes are made afterwards and no
// sums are kept: have them made anew. Uses and trainings stay as many as they are.
func Multiply(t testing.TB, database string, lines int) {
	t.Helper()
	driver, address, unchecked, last := "pgx", database, "SET session_replication_role = replica", "VACUUM ANALYZE"
	indexes := "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname, 'ALTER TABLE ' || conrelid::regclass || ' ADD ' || pg_get_constraintdef(oid) FROM pg_constraint" +
		" WHERE contype = 'p' AND conrelid IN ('distribution_lines'::regclass, 'stock_entries'::regclass)" + // others refer to the records
		" UNION ALL SELECT 'DROP INDEX ' || indexname, indexdef FROM pg_indexes WHERE tablename IN ('records', 'distribution_lines', 'stock_entries') AND indexname NOT LIKE '%_pkey'"
	if path, isFile := strings.CutPrefix(database, "sqlite:"); isFile {
		driver, address, unchecked, last = "sqlite", "file:"+path+"?_pragma=busy_timeout(60000)", "PRAGMA foreign_keys = OFF", "ANALYZE"
		indexes = "SELECT 'DROP INDEX ' || name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('records', 'distribution_lines', 'stock_entries') AND sql IS NOT NULL"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // what is set holds for a connection
	drop, create := indexesOf(t, db, indexes)
	var have int
	if err := db.QueryRow("SELECT COUNT(*) FROM distribution_lines").Scan(&have); err != nil || have == 0 {
		t.Fatalf("storetest: %d lines to multiply: %v", have, err)
	}
	for _, statement := range slices.Concat([]string{unchecked}, drop, []string{copyRecords, copyLines, copyEntries}, create, []string{last}) {
		var args []any
		if strings.HasPrefix(statement, "INSERT") {
			args = []any{have, lines / have}
		}
		if _, err := db.ExecContext(context.Background(), statement, args...); err != nil {
			t.Fatalf("storetest: multiply: %v", err)
		}
	}
}

// indexesOf gives what drops indexes, and what makes them again.
func indexesOf(t testing.TB, db *sql.DB, query string) (drop, create []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	defer rows.Close()
	for rows.Next() {
		var gone, made string
		if err := rows.Scan(&gone, &made); err != nil {
			t.Fatalf("storetest: %v", err)
		}
		drop, create = append(drop, gone), append(create, made)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("storetest: %v", err)
	}
	return drop, create
}

// The numbers of the copies begin where there were lines, so that what has been
// copied can be copied again. Keys that stay are made in order, which is what their
// index takes in quickly.
const series = "WITH RECURSIVE k(n) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT n + 1 FROM k WHERE n + 1 < CAST($1 AS BIGINT) + CAST($2 AS BIGINT)) "

const copyRecords = "INSERT INTO records (programme_id, id, kind, corrects_id, void, why, digest, account_id, received_hour) " + series +
	"SELECT programme_id, id || '#' || n, kind, corrects_id || '#' || n, void, why, digest, account_id, received_hour FROM records CROSS JOIN k WHERE kind IN ('distribution', 'movement') ORDER BY programme_id, id"

const copyLines = "INSERT INTO distribution_lines (programme_id, record_id, line, day, site_id, area_id, setting, supplier, channel, recipient, supply, reason, product_id, batch_id, training, people, kits) " + series +
	"SELECT programme_id, record_id || '#' || n, line, day, site_id, area_id, setting, supplier, channel, recipient, supply, reason, product_id, batch_id, training, people, kits FROM distribution_lines CROSS JOIN k"

const copyEntries = "INSERT INTO stock_entries (programme_id, record_id, line, day, site_id, bag_id, product_id, batch_id, kind, kits) " + series +
	"SELECT programme_id, record_id || '#' || n, line, day, site_id, bag_id, product_id, batch_id, kind, kits FROM stock_entries CROSS JOIN k"
