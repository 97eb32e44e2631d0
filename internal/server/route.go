package server

import (
	"net/http"

	"thntracker/internal/thn"
)

// Who may use a route: anyone, whoever is signed in, or whoever's role has a verb.
type Who string

// The three that are not verbs. With Nobody, not even a cookie is looked at: what
// the route needs to know is in what was sent.
const (
	Nobody   Who = "nobody"
	Anyone   Who = "anyone"
	SignedIn Who = "signed in"
)

// Route is a row of the table: there is no other way in.
type Route struct {
	Method, Path string
	Who          Who
	run          func(*Server, *request) (reply, error)
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is the whole site.
func (s *Server) routes() []Route {
	record := Who(thn.VerbRecord)
	return []Route{
		{get, "/", Anyone, start},
		{get, "/livez", Anyone, live},
		{get, "/readyz", Anyone, ready},
		{get, "/static/*file", Anyone, static},
		{get, "/sign-in", Anyone, signInForm},
		{post, "/sign-in", Anyone, signIn},
		{post, "/sign-out", SignedIn, signOut},
		{get, "/first-run", Anyone, firstRunForm},
		{post, "/first-run", Anyone, firstRun},
		{post, "/preferences", Anyone, preferences},
		{post, "/programme", SignedIn, chooseProgramme},
		{get, "/more", SignedIn, more},
		{get, "/app/*file", Anyone, phoneFile},

		{get, "/give-out", record, giveOut},
		{post, "/distributions", record, distributionCreate},
		{post, "/distributions/again", record, distributionAgain},
		{post, "/distributions/void", record, distributionVoid},
		{get, "/give-out/correct", record, correctForm},
		{post, "/give-out/correct", record, correct},
		{get, "/give-out/several", record, several},
		{post, "/give-out/several", record, severalCreate},
		{get, "/give-out/sheet", record, tallySheet},
		{get, "/today", record, today},
		{get, "/give-back", record, giveBack},
		{get, "/training", record, training},
		{post, "/training", record, trainingCreate},
		{post, "/training/void", record, trainingVoid},
		{get, "/returns", record, returnList},
		{get, "/returns/new", record, returnNew},
		{post, "/returns", record, returnCreate},
		{get, "/returns/:id/close", record, returnClose},
		{post, "/returns/:id/close", record, returnEnd},
		{get, "/used", record, used},
		{post, "/used", record, useCreate},
		{get, "/used/detail", record, useDetail},
		{post, "/used/detail", record, useDetailCreate},
		{get, "/used/saved", record, useSaved},
		{post, "/used/void", record, useVoid},
		{get, "/used/twins", Who(thn.VerbReview), twins},
		{post, "/used/twins", Who(thn.VerbReview), twinDecide},
		{post, "/api/v1/sync", Nobody, syncRecords},
		{post, "/api/v1/outfit", record, outfit},
		{get, "/rescue", record, rescueForm},
		{post, "/rescue", record, rescue},

		{get, "/stock", Who(thn.VerbStock), stockShow},
		{get, "/stock/move", Who(thn.VerbStock), moveForm},
		{post, "/stock/move", Who(thn.VerbStock), moveSave},
		{post, "/stock/void", Who(thn.VerbStock), moveVoid},
		{get, "/stock/count", Who(thn.VerbStock), countForm},
		{post, "/stock/count", Who(thn.VerbStock), countSave},
		{get, "/stock/moves", Who(thn.VerbStock), moveList},
		{get, "/stock/moves/:id/void", Who(thn.VerbStock), moveVoidForm},
		{post, "/stock/moves/:id/void", Who(thn.VerbStock), moveVoidNow},
		{get, "/stock/bags/:id/close", Who(thn.VerbStock), bagClose},
		{post, "/stock/bags/:id/close", Who(thn.VerbStock), bagEnd},

		{get, "/alerts", Who(thn.VerbStock), alerts},
		{get, "/aid", Who(thn.VerbStock), aidBoard},
		{get, "/aid/new", Who(thn.VerbStock), aidNew},
		{post, "/aid", Who(thn.VerbStock), aidCreate},
		{get, "/aid/:id/close", Who(thn.VerbStock), aidClose},
		{post, "/aid/:id/close", Who(thn.VerbStock), aidEnd},
		{get, "/aid/:id/send", Who(thn.VerbStock), aidSend},
		{post, "/aid/:id/send", Who(thn.VerbStock), aidSent},
		{get, "/aid/:id/receive", Who(thn.VerbStock), aidReceive},
		{post, "/aid/:id/receive", Who(thn.VerbStock), aidReceived},
		{get, "/releases", record, releaseList},
		{get, "/releases/new", record, releaseNew},
		{post, "/releases", record, releaseCreate},
		{get, "/responders", record, responderList},
		{get, "/responders/new", record, responderNew},
		{post, "/responders", record, responderCreate},
		{get, "/leave-behind", record, leaveBehindList},
		{get, "/leave-behind/new", record, leaveBehindNew},
		{post, "/leave-behind", record, leaveBehindCreate},

		{get, "/coverage", Who(thn.VerbCoverage), drawnOnce(coverage)},
		{get, "/coverage/*file", Who(thn.VerbCoverage), coverageFile},
		{get, "/digest", Who(thn.VerbCoverage), digest},
		{get, "/digest.csv", Who(thn.VerbCoverage), digestFile("csv")},
		{get, "/digest.json", Who(thn.VerbCoverage), digestFile("json")},
		{get, "/figures", Who(thn.VerbCoverage), figureList},
		{get, "/figures/*file", Who(thn.VerbCoverage), drawnOnce(figureShow)},
		{get, "/definitions", SignedIn, definitions},
		{get, "/need", Who(thn.VerbCoverage), needShow},
		{get, "/need.csv", Who(thn.VerbCoverage), needFile("csv")},
		{get, "/need.json", Who(thn.VerbCoverage), needFile("json")},
		{get, "/commitments", Who(thn.VerbAdvocate), commitments},
		{get, "/world", Who(thn.VerbAdvocate), world},
		{get, "/summary", Who(thn.VerbAdvocate), summary},
		{get, "/summary/*file", Who(thn.VerbAdvocate), editionFile},
		{get, "/editions", Who(thn.VerbSetup), editionList},
		{get, "/editions/new", Who(thn.VerbSetup), editionNew},
		{post, "/editions", Who(thn.VerbSetup), editionCreate},
		{get, "/editions/:number/publish", Who(thn.VerbSetup), editionPublish},
		{post, "/editions/:number/publish", Who(thn.VerbSetup), editionPublished},
		{get, "/editions/:number/revise", Who(thn.VerbSetup), editionRevise},
		{post, "/editions/:number/revise", Who(thn.VerbSetup), editionRevised},

		{get, "/public", Nobody, publicCountries},
		{get, "/public/:country", Nobody, publicCountry},
		{get, "/public/:country/:period", Nobody, publicNewest},
		{get, "/public/:country/:period/:edition", Nobody, publicEdition},
		{get, "/public/:country/:period/:edition/*file", Nobody, publicFile},

		{get, "/review", Who(thn.VerbReview), reviewList},
		{get, "/review/:id", Who(thn.VerbReview), reviewShow},
		{post, "/review/:id", Who(thn.VerbReview), reviewAccept},
		{get, "/review/:id/correct", Who(thn.VerbReview), reviewCorrectForm},
		{post, "/review/:id/correct", Who(thn.VerbReview), reviewCorrect},
		{get, "/review/:id/out", Who(thn.VerbReview), reviewOutForm},
		{post, "/review/:id/out", Who(thn.VerbReview), reviewOut},
		{get, "/activity", Who(thn.VerbReview), activityList},

		{get, "/sites", Who(thn.VerbSetup), siteList},
		{get, "/sites/new", Who(thn.VerbSetup), siteNew},
		{post, "/sites", Who(thn.VerbSetup), siteCreate},
		{get, "/sites/:id/close", Who(thn.VerbSetup), siteClose},
		{post, "/sites/:id/close", Who(thn.VerbSetup), siteEnd},
		{get, "/areas", Who(thn.VerbSetup), areaList},
		{get, "/areas/new", Who(thn.VerbSetup), areaNew},
		{post, "/areas", Who(thn.VerbSetup), areaCreate},
		{get, "/areas/:id/close", Who(thn.VerbSetup), areaClose},
		{post, "/areas/:id/close", Who(thn.VerbSetup), areaEnd},
		{get, "/products", Who(thn.VerbSetup), productList},
		{get, "/products/new", Who(thn.VerbSetup), productNew},
		{post, "/products", Who(thn.VerbSetup), productCreate},
		{get, "/products/:id/close", Who(thn.VerbSetup), productClose},
		{post, "/products/:id/close", Who(thn.VerbSetup), productEnd},
		{get, "/batches", Who(thn.VerbSetup), batchList},
		{get, "/batches/new", Who(thn.VerbSetup), batchNew},
		{post, "/batches", Who(thn.VerbSetup), batchCreate},
		{get, "/batches/:id", Who(thn.VerbSetup), batchShow},
		{get, "/batches/:id/revise", Who(thn.VerbSetup), batchReviseForm},
		{post, "/batches/:id/revise", Who(thn.VerbSetup), batchRevise},
		{get, "/recalls", Who(thn.VerbStock), recallList},
		{get, "/recalls/new", Who(thn.VerbSetup), recallNew},
		{post, "/recalls", Who(thn.VerbSetup), recallCreate},
		{get, "/recalls/:id", Who(thn.VerbStock), recallShow},
		{get, "/recalls/:id/notice", Who(thn.VerbStock), recallNotice},
		{get, "/recalls/:id/clear", Who(thn.VerbStock), recallClearForm},
		{post, "/recalls/:id/clear", Who(thn.VerbStock), recallClear},
		{get, "/recalls/:id/back", Who(thn.VerbStock), recallBackForm},
		{post, "/recalls/:id/back", Who(thn.VerbStock), recallBack},
		{get, "/recalls/:id/lift", Who(thn.VerbSetup), recallLiftForm},
		{post, "/recalls/:id/lift", Who(thn.VerbSetup), recallLift},
		{get, "/batches/:id/close", Who(thn.VerbSetup), batchClose},
		{post, "/batches/:id/close", Who(thn.VerbSetup), batchEnd},
		{get, "/denominators", Who(thn.VerbSetup), denominatorList},
		{get, "/denominators/effect", Who(thn.VerbSetup), denominatorEffect},
		{get, "/denominators/new", Who(thn.VerbSetup), denominatorNew},
		{post, "/denominators", Who(thn.VerbSetup), denominatorCreate},
		{get, "/denominators/:id/close", Who(thn.VerbSetup), denominatorClose},
		{post, "/denominators/:id/close", Who(thn.VerbSetup), denominatorEnd},
		{get, "/surveys", Who(thn.VerbSetup), surveyList},
		{get, "/surveys/new", Who(thn.VerbSetup), surveyNew},
		{post, "/surveys", Who(thn.VerbSetup), surveyCreate},
		{get, "/surveys/:id/correct", Who(thn.VerbSetup), surveyCorrectForm},
		{post, "/surveys/:id/correct", Who(thn.VerbSetup), surveyCorrect},
		{get, "/surveys/:id/close", Who(thn.VerbSetup), surveyClose},
		{post, "/surveys/:id/close", Who(thn.VerbSetup), surveyEnd},
		{get, "/targets", Who(thn.VerbSetup), targetList},
		{get, "/targets/new", Who(thn.VerbSetup), targetNew},
		{post, "/targets", Who(thn.VerbSetup), targetCreate},
		{get, "/targets/:id/close", Who(thn.VerbSetup), targetClose},
		{post, "/targets/:id/close", Who(thn.VerbSetup), targetEnd},
		{get, "/totals", Who(thn.VerbSetup), totalList},
		{get, "/totals/:id", Who(thn.VerbSetup), totalForm},
		{post, "/totals/:id", Who(thn.VerbSetup), totalChoose},
		{get, "/questions", Who(thn.VerbSetup), questions},
		{post, "/questions", Who(thn.VerbSetup), questionsSave},
		{get, "/poster", Who(thn.VerbSetup), posterShow},
		{get, "/people", Who(thn.VerbPeople), personList},
		{get, "/people/new", Who(thn.VerbPeople), personNew},
		{post, "/people", Who(thn.VerbPeople), personCreate},
		{get, "/people/:id/close", Who(thn.VerbPeople), personClose},
		{post, "/people/:id/close", Who(thn.VerbPeople), personEnd},
		{get, "/people/:id/role", Who(thn.VerbPeople), roleForm},
		{post, "/people/:id/role", Who(thn.VerbPeople), roleChange},
		{get, "/people/:id/end", Who(thn.VerbPeople), roleClose},
		{post, "/people/:id/end", Who(thn.VerbPeople), roleEnd},
		{get, "/phones", Who(thn.VerbPeople), phoneList},
		{get, "/phones/face", Who(thn.VerbPeople), faceForm},
		{post, "/phones/face", Who(thn.VerbPeople), faceSave},
		{get, "/phones/:id/close", Who(thn.VerbPeople), phoneStop},
		{post, "/phones/:id/close", Who(thn.VerbPeople), phoneStopped},
		{get, "/training/staff", Who(thn.VerbPeople), staffTrainingList},
		{get, "/training/staff/:id", Who(thn.VerbPeople), staffTrainingNew},
		{post, "/training/staff/:id", Who(thn.VerbPeople), staffTrainingCreate},
		{get, "/training/day/:id/close", Who(thn.VerbPeople), staffTrainingClose},
		{post, "/training/day/:id/close", Who(thn.VerbPeople), staffTrainingEnd},
		{get, "/imports", Who(thn.VerbImport), importForm},
		{post, "/imports", Who(thn.VerbImport), importUpload},
		{get, "/imports/:id", Who(thn.VerbImport), importShow},
		{post, "/imports/:id", Who(thn.VerbImport), importAct},
		{get, "/denominators/:id/correct", Who(thn.VerbSetup), denominatorCorrectForm},
		{post, "/denominators/:id/correct", Who(thn.VerbSetup), denominatorCorrect},
	}
}

// Routes lists the table for the test that walks it.
func Routes() []Route { return (&Server{}).routes() }
