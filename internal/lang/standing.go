package lang

// By is who wrote or read the words of a language: a role, never a name.
type By string

// The roles. Nobody is a language that nobody but its translator has read.
const (
	Nobody              By = ""
	Project             By = "project"               // somebody who works on this program
	Translator          By = "translator"            // by profession
	Peer                By = "peer"                  // somebody who uses or used drugs
	HarmReductionWorker By = "harm_reduction_worker" // somebody who gives out kits
)

// Standing is what stands behind the words of a language.
type Standing struct{ Translated, Reviewed By }

// Standings has one for each language. Change Reviewed when a review was done,
// and only then: readers are told of a language that nobody reviewed.
var Standings = map[string]Standing{
	"en": {Translated: Project, Reviewed: Nobody},
	"fr": {Translated: Project, Reviewed: Nobody},
	"es": {Translated: Project, Reviewed: Nobody},
}

// isReviewed tells whether a peer or a harm reduction worker has read the language.
func (s Standing) isReviewed() bool { return s.Reviewed == Peer || s.Reviewed == HarmReductionWorker }

// Standing says in a sentence that the language was not reviewed, or nothing.
func (l *Locale) Standing() string {
	if Standings[l.Code].isReviewed() {
		return ""
	}
	return l.T("language.unreviewed")
}
