package ingest

import (
	"slices"
	"strings"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// all is the word for every channel: a total over them.
const all = "all"

// choices lists the codes a field may hold, nil for fields that hold no code.
func choices(f Field, k Kind) []string {
	switch f {
	case FieldChannel:
		if k == Totals {
			return append(plainCodes(thn.Channels), all)
		}
		return plainCodes(thn.Channels)
	case FieldRecipient:
		return plainCodes(thn.Recipients)
	case FieldSupply:
		return plainCodes(thn.Supplies)
	case FieldReason:
		return plainCodes(thn.Reasons)
	case FieldSetting:
		return plainCodes(thn.Settings)
	case FieldMethod:
		return plainCodes(thn.Methods)
	case FieldAudience:
		return plainCodes(thn.Audiences)
	case FieldSupplier, FieldTrainer:
		return plainCodes(thn.Suppliers)
	case FieldTraining:
		return plainCodes(thn.Trainings)
	case FieldRoute:
		return plainCodes(thn.Routes)
	case FieldMeasure:
		if k == Populations {
			return plainCodes(thn.DenominatorKinds)
		}
		if k == Deaths {
			return []string{string(thn.OpioidDeaths), string(thn.ReleaseDeaths)}
		}
		return plainCodes(thn.Measures)
	case FieldKind:
		return plainCodes(thn.AreaKinds[1:])
	case FieldMovement:
		return plainCodes(importedMovements)
	case FieldWhy:
		return plainCodes(thn.AdjustReasons)
	case FieldReporter:
		return plainCodes(thn.Reporters)
	case FieldPlace:
		return plainCodes(thn.Places)
	case FieldAmbulance, FieldBreathing, FieldHospital:
		return plainCodes(thn.Answers)
	case FieldOutcome:
		return plainCodes(thn.Survivals)
	case FieldRelation:
		return plainCodes(thn.Relations)
	case FieldGiver:
		return plainCodes(thn.Givers)
	case FieldResponse:
		return plainCodes(thn.Responses)
	case FieldRisk:
		return plainCodes(thn.RiskDefinitions)
	case FieldStep:
		return plainCodes(releaseCounts)
	case FieldAgeBand:
		return plainCodes(thn.AgeBands)
	case FieldGender:
		return plainCodes(thn.Genders)
	case FieldCarriage:
		return plainCodes(thn.CarriageAnswers)
	case FieldQuestion:
		return plainCodes(thn.Questions)
	case FieldStatus:
		return plainCodes(thn.CarriageStatuses)
	case FieldPeerLed, FieldGrows, FieldEarly:
		return []string{"yes", "no"}
	}
	return nil
}

func plainCodes[C ~string](list []C) []string {
	codes := make([]string, len(list))
	for i, c := range list {
		codes[i] = string(c)
	}
	return codes
}

// codeForm writes a text the way codes are written: "Community outlet" is
// community_outlet.
func codeForm(text string) string {
	text = thn.Fold(sheet.Clean(text))
	return strings.NewReplacer(" ", "_", "-", "_").Replace(text)
}

// code reads a field that holds a code. Blank and missing give blank, words for
// unknown give unknown where the list has it.
func (p *planner) code(e entry, f Field, blank string) (string, error) {
	v := e.get(f)
	list := choices(f, p.mapping.Kind)
	if form := p.form.get(v.text); slices.Contains(list, form) {
		return form, nil
	}
	n, err := p.numbers.Parse(v.text) // knows the words for missing, unknown and hidden
	switch {
	case err == nil && (n.State == sheet.Missing || n.State == sheet.Hidden):
		return blank, nil
	case err == nil && n.State == sheet.Unknown && slices.Contains(list, "unknown"):
		return "unknown", nil
	case err == nil && n.State == sheet.Unknown && slices.Contains(list, string(thn.SurvivalNotKnown)):
		return string(thn.SurvivalNotKnown), nil
	}
	return "", v.refuse("code", map[string]any{"Choices": strings.Join(list, ", ")})
}

// channels reads a set of channels; "all" and blank are no restriction.
func (p *planner) channels(e entry) ([]thn.Channel, error) {
	var set []thn.Channel
	v := e.get(FieldChannel)
	for part := range strings.SplitSeq(v.text, "+") {
		one := v
		one.text = sheet.Clean(part)
		code, err := p.code(entry{values: map[Field]value{FieldChannel: one}}, FieldChannel, all)
		if err != nil {
			return nil, err
		}
		if code != all && !slices.Contains(set, thn.Channel(code)) {
			set = append(set, thn.Channel(code))
		}
	}
	slices.SortFunc(set, func(a, b thn.Channel) int { return slices.Index(thn.Channels, a) - slices.Index(thn.Channels, b) })
	return set, nil
}
