package thn

import (
	"fmt"
	"slices"
)

// Code is a word from a closed list. Codes are stored, exported and never
// renamed; what people read comes from the catalogue under "code.<list>.<code>".
type Code interface{ ~string }

// ParseCode accepts exactly the codes in the list; case and spelling count,
// because a near miss is a different answer.
func ParseCode[C Code](list []C, s string) (C, error) {
	if c := C(s); slices.Contains(list, c) {
		return c, nil
	}
	return "", fmt.Errorf("%q is not in the list", clip(s))
}

// Channel is the way a kit reached its holder. It answers "through whom", and is
// the split that national series publish.
type Channel string

// Channels lists the channels in the order people read them.
var Channels = []Channel{ChannelCommunity, ChannelPeer, ChannelPharmacy, ChannelPrison, ChannelAmbulance, ChannelPolice, ChannelFire, ChannelPostal, ChannelOther}

// The channels.
const (
	ChannelPeer      Channel = "peer"
	ChannelPolice    Channel = "police"
	ChannelFire      Channel = "fire"
	ChannelAmbulance Channel = "ambulance"
	ChannelPrison    Channel = "prison_release"
	ChannelCommunity Channel = "community_outlet"
	ChannelPharmacy  Channel = "pharmacy"
	ChannelPostal    Channel = "postal"
	ChannelOther     Channel = "other"
)

// Setting is the kind of place where a kit was given out; a site has one, and
// a record may differ from its site's (outreach from a fixed service).
type Setting string

// Settings lists the settings: first those a site can have, then the moving ones.
var Settings = append(slices.Clone(ServiceTypes), "street_outreach", "vehicle", "event", "home_visit")

// ServiceTypes lists the settings that a site can be registered as.
var ServiceTypes = []Setting{"drug_treatment", "needle_exchange", "non_drug_treatment", "homelessness", "peer_network",
	"overdose_prevention_site", "pharmacy_direct", "pharmacy_prescription", "gp", "emergency_department", "hospital_ward",
	"prison", "ambulance", "police", "fire", "postal", "community_other", "other"}

var channelOf = map[Setting]Channel{
	"prison": ChannelPrison, "ambulance": ChannelAmbulance, "police": ChannelPolice, "fire": ChannelFire, "postal": ChannelPostal,
	"pharmacy_direct": ChannelPharmacy, "pharmacy_prescription": ChannelPharmacy, "peer_network": ChannelPeer, "other": ChannelOther,
}

// ChannelOf is the channel that a site of this setting reports under unless the
// record says otherwise: community outlet for everything without its own channel.
func ChannelOf(s Setting) Channel {
	if c, ok := channelOf[s]; ok {
		return c
	}
	return ChannelCommunity
}

// Supplier is the role of whoever gave the kit, never their name.
type Supplier string

// Suppliers lists the supplier roles.
var Suppliers = []Supplier{"paid_worker", SupplierPeer, "volunteer", "pharmacist", "nurse", "doctor", "prison_staff", "ambulance", "police", "fire", "other", "unknown"}

// SupplierPeer is a trained peer: the cross-cut that peer share counts.
const SupplierPeer Supplier = "peer"

// Recipient is who took the kit, by kind.
type Recipient string

// Recipients lists the kinds of recipient. Not asked and declined are answers.
var Recipients = []Recipient{RecipientAtRisk, RecipientFamily, RecipientWorker, RecipientResponder, RecipientOther, RecipientDeclined, RecipientNotAsked, RecipientUnknown}

// The kinds of recipient.
const (
	RecipientAtRisk    Recipient = "person_at_risk"
	RecipientFamily    Recipient = "family_friend"
	RecipientWorker    Recipient = "service_worker"
	RecipientResponder Recipient = "responder"
	RecipientOther     Recipient = "other"
	RecipientDeclined  Recipient = "declined"
	RecipientNotAsked  Recipient = "not_asked"
	RecipientUnknown   Recipient = "unknown"
)

// Supply tells a first kit from a later one, in the holder's own words.
type Supply string

// Supplies lists the kinds of supply.
var Supplies = []Supply{SupplyFirst, SupplyRepeat, SupplySpare, SupplyNotAsked, SupplyUnknown}

// The kinds of supply. A spare is an extra kit for somebody who still has one.
const (
	SupplyFirst    Supply = "first"
	SupplyRepeat   Supply = "repeat"
	SupplySpare    Supply = "spare"
	SupplyNotAsked Supply = "not_asked"
	SupplyUnknown  Supply = "unknown"
)

// Again tells that the holder had a kit before.
func (s Supply) Again() bool { return s == SupplyRepeat || s == SupplySpare }

// Reason is why a repeat kit was needed. All reasons are equal: none says fault.
type Reason string

// Reasons lists the reasons. The empty reason stands where none applies.
var Reasons = []Reason{ReasonUsedOther, ReasonUsedSelf, "lost", "stolen", "confiscated", "damaged", "expired", "expiring_soon", "given_away", "other", "declined", ReasonNotAsked, ReasonUnknown}

// The reasons that figures or rules name.
const (
	ReasonUsedSelf  Reason = "used_on_self"
	ReasonUsedOther Reason = "used_on_other"
	ReasonNotAsked  Reason = "not_asked"
	ReasonUnknown   Reason = "unknown"
)

// Used tells whether the last kit was used to reverse an overdose (indicator A4).
func (r Reason) Used() bool { return r == ReasonUsedSelf || r == ReasonUsedOther }

// Told tells whether the holder said what became of the last kit.
func (r Reason) Told() bool {
	return r != "" && r != ReasonNotAsked && r != ReasonUnknown && r != "declined"
}

// Training is what the recipient was shown when the kit was given.
type Training string

// Trainings lists the answers.
var Trainings = []Training{"brief", "full", "none_needed", "online", "declined", "not_asked", "unknown"}

// Route is how a product is given.
type Route string

// Routes lists the routes.
var Routes = []Route{"nasal", "intramuscular", "intramuscular_subcutaneous"}
