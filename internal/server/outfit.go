package server

import (
	"net/http"

	"github.com/go-json-experiment/json"

	"thntracker/internal/fault"
	"thntracker/internal/phone"
	"thntracker/internal/seal"
	"thntracker/internal/thn"
)

// outfitProtocol names the answer that fits a phone out.
const outfitProtocol = "thn-outfit/1"

// outfitAsked is what a phone says of itself.
type outfitAsked struct {
	Waiting int    `json:"waiting"`
	Grant   string `json:"grant"`
}

// outfitAnswer is all that a phone needs to record where there is no network: of
// the programme what the forms offer, and no record.
type outfitAnswer struct {
	Protocol  string          `json:"proto"`
	Epoch     string          `json:"epoch"`
	Programme outfitProgramme `json:"programme"`
	Handle    string          `json:"handle"`
	Asks      outfitAsks      `json:"asks"`
	Grant     outfitGrant     `json:"grant"`
	Key       outfitKey       `json:"key"`
	Sites     []outfitSite    `json:"sites"`
	Kits      []outfitKit     `json:"kits"`
	Bags      []outfitBag     `json:"bags"`
	Lost      int             `json:"lost"`
}

type outfitProgramme struct {
	ID   thn.ID `json:"id"`
	Zone string `json:"zone"`
	Name string `json:"name"`
	Face string `json:"face"`
}

type outfitAsks struct {
	AgeBand  bool `json:"age_band"`
	Gender   bool `json:"gender"`
	Carriage bool `json:"carriage"`
}

type outfitGrant struct {
	Token string   `json:"token"`
	Until thn.Date `json:"until"`
}

type outfitKey struct {
	KID    string `json:"kid"`
	Public string `json:"public"`
}

type outfitSite struct {
	ID       thn.ID       `json:"id"`
	Name     string       `json:"name"`
	Supplier thn.Supplier `json:"supplier"`
}

type outfitKit struct {
	Value string            `json:"value"`
	Name  string            `json:"name"`
	Note  map[string]string `json:"note"` // the batch, by language
}

type outfitBag struct {
	ID   thn.ID `json:"id"`
	Site thn.ID `json:"site"`
}

// outfit fits out the phone of whoever is signed in.
func outfit(s *Server, r *request) (reply, error) {
	if r.gin.ContentType() != "application/json" {
		return reply{status: http.StatusUnsupportedMediaType, json: map[string]string{"error": "send application/json"}}, nil
	}
	var asked outfitAsked
	if err := json.UnmarshalRead(r.gin.Request.Body, &asked); err != nil {
		return reply{}, asTooLarge(&fault.Error{Kind: fault.Invalid, Op: "read outfit", Err: err})
	}
	o, err := s.Phones.Outfit(r.ctx, r.actor, phone.Holds{Waiting: asked.Waiting, Token: asked.Grant})
	if err != nil {
		return reply{}, err
	}
	p := r.actor.Programme
	answer := outfitAnswer{Protocol: outfitProtocol, Epoch: o.Epoch, Programme: outfitProgramme{p.ID, p.Zone, p.Name, string(p.Looks())}, Handle: r.actor.Account.Handle,
		Asks: outfitAsks(p.Asks), Grant: outfitGrant{o.Token, o.Until}, Key: outfitKey{o.KID, seal.Encoding.EncodeToString(o.Public)}, Lost: o.Lost}
	err = s.stockOutfit(r, &answer)
	return reply{json: answer}, err
}

// stockOutfit adds what the forms offer, in the order of the page.
func (s *Server) stockOutfit(r *request, answer *outfitAnswer) error {
	b, err := s.bench(r)
	if err != nil {
		return err
	}
	answer.Sites, answer.Kits, answer.Bags = []outfitSite{}, []outfitKit{}, []outfitBag{}
	for _, x := range b.open {
		answer.Sites = append(answer.Sites, outfitSite{x.ID, x.Name, x.Supplier})
	}
	for _, k := range b.kits {
		answer.Kits = append(answer.Kits, outfitKit{k.value(), k.product.Name, s.everyBatchWords(r, k)})
	}
	bag, has, err := s.Stock.Mine(r.ctx, r.actor)
	if has {
		answer.Bags = append(answer.Bags, outfitBag{bag.ID, bag.Site})
	}
	return err
}

// everyBatchWords says it in every language, because a phone changes its language
// without asking.
func (s *Server) everyBatchWords(r *request, k kit) map[string]string {
	words := map[string]string{}
	for _, code := range s.Catalogue.Codes() {
		in := *r
		in.locale = s.Catalogue.Locale(code)
		words[code] = s.batchWords(&in, k)
	}
	return words
}
