// What a filled form becomes: the records to seal.
import { t } from "./words.js";

/** Gives the records of a form: one, except for a count, which is one for each line that is filled in. */
export function records(kind, answers, form) {
  if (kind !== "count") {
    const { recorder, ...rest } = answers; // one's own role is told only when writing for a colleague
    return [{ kind, answers: answers.colleague ? { ...rest, recorder } : rest }];
  }
  const [site, bag] = answers.site.split(":");
  const place = { site, ...(bag ? { bag } : {}) };
  return [...form.querySelectorAll("input[data-kit]")].filter((i) => i.value.trim() !== "")
    .map((i) => ({ kind, answers: { ...place, kit: i.dataset.kit, counted: i.value.trim() } }));
}

// What somebody said of themselves, and why they came again, is asked of each person anew.
const PERSONAL = ["age_band", "gender", "carriage", "reason"];

/** Whether the same may be recorded again with one tap: never what is sensitive. */
export function isRepeatable(kind, answers) {
  return kind === "give_out" && answers.supply !== "repeat" && !PERSONAL.some((name) => answers[name]);
}

/** Says in words what one tap would save. */
export function againWords(form, answers, outfit) {
  const of = (name) => form.querySelector(`input[name=${name}][value="${CSS.escape(answers[name] ?? "")}"] + span`)?.textContent.trim() ?? "";
  const kit = outfit.kits.find((k) => k.value === answers.product)?.name ?? "";
  return t("again_words", { Kits: answers.kits, Kit: kit, Recipient: of("recipient"), Supply: of("supply") });
}
