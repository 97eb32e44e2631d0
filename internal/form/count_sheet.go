package form

import (
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// CountSheet is the count of a whole shelf or bag. Its lists stand side by side:
// the id of the record that a line may make, which kit it is, and what was
// counted. A line left blank was not counted, which is not the same as none.
type CountSheet struct {
	Site     string   `form:"site" label:"give.site" validate:"required,id"`
	Bag      string   `form:"bag" label:"stock.bag" validate:"omitempty,id"`
	DayDay   string   `form:"day-day"`
	DayMonth string   `form:"day-month"`
	DayYear  string   `form:"day-year"`
	IDs      []string `form:"line"`
	Kits     []string `form:"kit"`
	Counted  []string `form:"counted"`
	Anyway   string   `form:"anyway" label:"stock.anyway" validate:"omitempty,oneof=yes"`
}

// Day is the day as answered.
func (f CountSheet) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// maxSheet is the most lines that a sheet may hold.
const maxSheet = 200

// ToDomain makes a count of each line that is filled in, and tells which line it
// was. A line that cannot be read is named "counted-N".
func (f CountSheet) ToDomain() (counts []thn.Movement, lines []int, err error) {
	var r reader
	day := r.mustDay("day", "stock.day", f.Day())
	if len(f.IDs) != len(f.Kits) || len(f.IDs) != len(f.Counted) || len(f.IDs) > maxSheet {
		r.refuse("", "form.id", "stock.counted")
		return nil, nil, r.err("count sheet")
	}
	for i, text := range f.Counted {
		if text == "" {
			continue
		}
		product, batch, err := splitProduct(f.Kits[i])
		if err != nil || !isID(f.IDs[i]) {
			r.refuse(LineName(i), "form.id", "stock.counted")
			continue
		}
		counts = append(counts, thn.Movement{ID: thn.ID(f.IDs[i]), Kind: thn.MovementCount, Site: thn.ID(f.Site), Bag: thn.ID(f.Bag), Day: day,
			Product: product, Batch: batch, Counted: r.kits(LineName(i), "stock.counted", text, 0)})
		lines = append(lines, i)
	}
	if len(counts) == 0 && len(r.wrong) == 0 {
		r.wrong = append(r.wrong, fault.Field{Name: LineName(0), Key: "stock.count.none"})
	}
	return counts, lines, r.err("count sheet")
}

// LineName is the name of a line of the sheet among things to put right.
func LineName(i int) string { return "counted-" + strconv.Itoa(i) }
