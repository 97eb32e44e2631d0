package thn

// Act is an entry of the audit as it is shown: who did what to which thing, in
// which hour. It never holds a value. Site and Area say where the thing belongs,
// as far as it belongs anywhere.
type Act struct {
	Seq     int64
	Account ID // empty: the command line
	Action  string
	Kind    string
	Object  ID
	Hour    string // UTC, to the hour
	Site    ID
	Area    ID
}

// ActNamed is the one act that is not its account's own: whoever wrote a record
// down named that account as the colleague who gave the kits. The entry of the
// same record before it is by whoever wrote it.
const ActNamed = "named"

// ActQuery asks for entries, newest first.
type ActQuery struct {
	Programme ID
	Before    int64 // only entries with a lower number; 0: from the newest
	Account   ID    // empty: everybody's
	Kind      string
	Limit     int
}

// ActKinds lists the kinds of thing that acts are about, in the order in which
// they are offered.
var ActKinds = []string{string(KindDistribution), string(KindMovement), string(KindUse), string(KindSession), string(KindRelease), string(KindCarriage),
	string(KindLeaveBehind), string(KindNilReturn), string(KindTotal), string(KindDenominator), string(KindSurvey), "site", "area", "product", "batch", "bag", "recall", "aid", "account", "grant",
	"phone", "sealing_key", string(KindSealed), "staff_training", "target", "statement", "edition", "announcement", "mapping", "programme"}
