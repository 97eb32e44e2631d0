package report

import (
	"context"

	"thntracker/internal/thn"
)

func repeats(x box) box { x.supply &= codes(thn.Supplies, thn.SupplyRepeat); return x }

func usedKits(x box) box { x = repeats(x); x.reason &= usedReasons; return x }

// anySupply lets go of first or repeat, and of the reasons below it.
func anySupply(x box) box { x.supply, x.reason = ^set(0), ^set(0); return x }

func anyReason(x box) box { x.reason = ^set(0); return x }

// firstRepeat is indicator A3. Without a split it has a row for each kind of
// supply; otherwise a row for each stretch or place, with the repeat share.
func firstRepeat(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	by := b.spec.By
	p, err := b.kits(ctx, b.spec.Period, thn.BySupply, groupOf[by])
	if err != nil {
		return t, err
	}
	if by == ByNone || by == BySupply {
		b.eachShare(&t, p, BySupply, b.everything(), anySupply)
	} else {
		b.supplyColumns(&t, p)
	}
	b.remark(&t, p, p.in(b.everything()))
	return t, nil
}

// eachShare draws a row for each part of some kits, with what it is a share of;
// widen lets go of the dimension that they are parted by.
func (b *book) eachShare(t *Table, p *pool[Kit], by By, kits box, widen func(box) box) {
	t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	t.Columns = []Column{kitsColumn, kitsNamed("base"), percentNamed[Kit]("share", places[by])}
	g := p.grid(kits, b.parts(by), nil).spoken()
	for i, r := range g.rows {
		s := p.shareOf(r.cut(kits), widen)
		t.Rows = append(t.Rows, Row{Label: r.label, Cells: []Cell{g.ends[i].cell(), s.baseCell(), s.cell()}})
	}
	if len(g.rows) > 0 && g.remainder() {
		t.Rows = append(t.Rows, Row{Label: notStated, Kind: RowRest, Cells: []Cell{minus(g.whole, g.ends).cell(), NotApplicable(), NotApplicable()}})
	}
	t.Rows = append(t.Rows, Row{Label: totalRow, Kind: RowTotal, Cells: []Cell{g.whole.cell(), NotApplicable(), NotApplicable()}})
	markNegative(t)
}

func (b *book) supplyColumns(t *Table, p *pool[Kit]) {
	t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	g := p.grid(b.everything(), b.parts(b.spec.By), b.parts(BySupply)).occur()
	g.draw(t, Label{Code: "not_divided", Key: "report.row.not_divided." + string(b.spec.By)})
	t.Columns = append(t.Columns, kitsNamed("base"), percentNamed[Kit]("repeat_share", 0))
	for i := range t.Rows {
		base, cell := NotApplicable(), NotApplicable()
		switch {
		case i < len(g.rows):
			s := p.shareOf(repeats(g.rows[i].cut(b.everything())), anySupply)
			base, cell = s.baseCell(), s.cell()
		case t.Rows[i].Kind == RowTotal:
			s := p.shareOf(repeats(b.everything()), anySupply)
			base, cell = s.baseCell(), s.cell()
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, base, cell)
	}
}

// places are the decimals that shares of one dimension are published with.
var places = map[By]int{ByReason: perPlaces}

// recipients is indicator A2: kits by who took them or by product, as shares.
func recipients(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	by, widen := ByRecipient, func(x box) box { x.recipient = ^set(0); return x }
	if b.spec.By == ByProduct {
		by, widen = ByProduct, func(x box) box { x.product = b.everything().product; return x }
	}
	p, err := b.kits(ctx, b.spec.Period, groupOf[by])
	if err != nil {
		return t, err
	}
	b.eachShare(&t, p, by, b.everything(), widen)
	b.remark(&t, p, p.in(b.everything()))
	return t, nil
}

// repeatUsed is indicator A4: of repeat supplies, those made because the last
// kit was used on an overdose.
func repeatUsed(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	p, err := b.kits(ctx, b.spec.Period, thn.BySupply, thn.ByReason, groupOf[b.spec.By])
	if err != nil {
		return t, err
	}
	if b.spec.By == ByReason {
		b.eachShare(&t, p, ByReason, repeats(b.everything()), anyReason)
	} else {
		t.Columns = []Column{kitsNamed("repeat_used"), kitsNamed("repeat"), percentNamed[Kit]("share", perPlaces)}
		b.shareRows(&t, func(x box) share[Kit] { return p.shareOf(usedKits(x), anyReason) })
	}
	b.remark(&t, p, p.in(repeats(b.everything())))
	t.Notes = withoutCode(t.Notes, "overlap") // the other totals are about more than repeat supplies
	return t, nil
}

// shareRows draws one share for each row of the split, and for all of it.
func (b *book) shareRows(t *Table, of func(box) share[Kit]) {
	row := func(l Label, k RowKind, x box, marks []Label) {
		s := of(x)
		if k == RowPlain && b.spec.By.listed() && !s.num.known && !s.base.known {
			return
		}
		t.Rows = append(t.Rows, Row{Label: l, Kind: k, Cells: []Cell{s.num.cell(), s.baseCell(), s.cell()}, Marks: marks})
	}
	t.RowHead = Label{Code: "period", Key: "report.by.period"}
	if b.spec.By != ByNone {
		t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	}
	for _, p := range b.parts(b.spec.By) {
		row(p.label, RowPlain, p.cut(b.everything()), p.mark)
	}
	row(totalRow, RowTotal, b.everything(), nil)
}

func withoutCode(list []Label, code string) (kept []Label) {
	for _, l := range list {
		if l.Code != code {
			kept = append(kept, l)
		}
	}
	return kept
}
