package account

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/fault"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	const short, long, context, guessable, fine = "account.password_short", "account.password_long", "account.password_context", "account.password_guessable", ""
	cases := map[string]string{
		"": short, "a": short, "12345678901": short, "Tr0ub4dor&3": short, "passw0rd!": short, "correcthors": short, "éééééééééé": short,
		"🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊":            short, // characters, not bytes
		strings.Repeat("x", 129): long, strings.Repeat("lantern otter ", 12): long,
		"aaaaaaaaaaaaaa": guessable, "123456789012": guessable, "111111111111": guessable, "abcdefghijkl": guessable, "qwertyuiop12": guessable,
		"qwertyqwerty": guessable, "iloveyouiloveyou": guessable, "asdfghjkl;'zx": guessable, "monkeymonkey": guessable, "1234567890qwerty": guessable,
		"abcabcabcabc": guessable, "19751975197519": guessable, "football2024": guessable, "Princess1234": guessable, "letmeinletmein": guessable, "liverpool1892": guessable,
		"password1234": guessable, "passwordpassword": guessable, "naloxone2026": context, "Naloxone2026!": context, "harbour-worker": context, "harbourworker1": context,
		"northprogramme": context, "overdose1234": context, "harmreduction1": context, "naloxonenaloxone": context, "thntracker2026": context, "narcannarcan": context,
		"lantern gravel seven otter":           fine,
		"correct horse battery staple":         fine,
		"kT9$mzQ!4vLp":                         fine,
		"naloxone lantern gravel seven otter!": fine, // a context word beside enough else
		"tannery orbit quilt":                  fine,
		"contraseña océano brújula":            fine,
		"Ложка Парус Гранит 12":                fine,
		"傘は青い夜に三つ並んで歩く":                        fine,
		strings.Repeat("vX7#", 32):             fine, // 128 characters
		"     lantern gravel seven    ":        fine, // blanks count and stay
	}
	require.GreaterOrEqual(t, len(cases), 40)
	for password, want := range cases {
		got := fine
		if err := CheckPassword(password, "harbour.worker", "North programme"); err != nil {
			require.True(t, fault.Is(err, fault.Invalid))
			require.Equal(t, "password", fault.FieldsOf(err)[0].Name)
			got = fault.FieldsOf(err)[0].Key
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", password, got, want)
		}
	}
}

// Whatever is typed gets an answer, and quickly.
func TestCheckPassword_takesAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		_ = CheckPassword(rapid.String().Draw(t, "password"), rapid.String().Draw(t, "word"))
		_ = CheckPassword(string(rapid.SliceOfN(rapid.Byte(), 12, 128).Draw(t, "bytes")), "x")
	})
}

func TestCheckHandle(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"ab", "nightshift", "Ana-3", "équipe.nord", "работник_1", "夜勤", "مناوب", strings.Repeat("x", 64)} {
		require.NoError(t, CheckHandle(good), good)
	}
	for handle, key := range map[string]string{
		"": "account.handle_length", "x": "account.handle_length", strings.Repeat("x", 65): "account.handle_length",
		"a b": "account.handle_signs", "someone@example.org": "account.handle_signs", "a\x00b": "account.handle_signs", "a\u202eb": "account.handle_signs",
		"a\u200bb": "account.handle_signs", "a\xffb": "account.handle_signs", "<b>": "account.handle_signs", " ab": "account.handle_signs",
	} {
		require.Equal(t, []fault.Field{{Name: "handle", Key: key}}, fault.FieldsOf(CheckHandle(handle)), "%q", handle)
	}
}
