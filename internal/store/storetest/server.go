package storetest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// errNoPostgres says that the machine has no PostgreSQL to start.
var errNoPostgres = errors.New("no PostgreSQL 15 or newer on this machine (Debian: apt-get install postgresql), and TEST_DATABASE_URL is not set")

// server is a private PostgreSQL that lives as long as this process holds its
// standard input open: scripts/postgres.
type server struct {
	cmd   *exec.Cmd
	stdin io.Closer
	url   string
}

// startServer runs scripts/postgres and waits until the server answers.
func startServer() (*server, error) {
	root, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(filepath.Join(root, "scripts", "postgres"))
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	cmd.WaitDelay = 10 * time.Second
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	// A server that never answers is killed, which ends the read below.
	giveUp := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer giveUp.Stop()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err == nil {
		return &server{cmd: cmd, stdin: stdin, url: strings.TrimSpace(line)}, nil
	}
	wait := cmd.Wait()
	if cmd.ProcessState.ExitCode() == 3 {
		return nil, errNoPostgres
	}
	return nil, fmt.Errorf("scripts/postgres: %w: %s", wait, complaints.Bytes())
}

// stop closes the server's standard input and waits until it is gone.
func (s *server) stop() error {
	if err := s.stdin.Close(); err != nil {
		return err
	}
	giveUp := time.AfterFunc(patience, func() { _ = s.cmd.Process.Kill() })
	defer giveUp.Stop()
	return s.cmd.Wait()
}

// moduleRoot is the folder of go.mod: go test runs each package in its own.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod above the working folder")
		}
		dir = up
	}
}
