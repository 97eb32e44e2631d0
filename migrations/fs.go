// Package migrations carries the numbered SQL files that make and change the
// schema, one folder per engine with the same version numbers in both. Files
// are never edited once merged: a change is a new number. It holds no logic;
// internal/migrate applies the files.
package migrations

import "embed"

// Files holds sqlite/*.sql and postgres/*.sql. go:embed cannot reach upward,
// which is why this package stands beside the folders it embeds.
//
//go:embed sqlite/*.sql postgres/*.sql
var Files embed.FS
