// Package archtest holds the shape of this program still: who may import whom,
// where each library may be met, what is never written, and the words used for
// people. It reads source files and runs none of them. To change a rule is to
// change the design: do it in a commit of its own that says why. Start at
// layers in imports_test.go; every rule is in the list in arch_test.go.
package archtest
