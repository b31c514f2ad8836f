/** Makes examples/roster.csv: 1,000 graduates who do not exist, with names in many scripts. The same seed gives the same file. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";

const GRADUATES = 1_000;
const SEED = 2026;

/** Given names and family names that go together; invented combinations of common names. */
const NAMES: readonly (readonly [readonly string[], readonly string[], order?: "family-first"])[] = [
  [
    ["Zoë", "François", "Léa", "Noël", "Chloé"],
    ["Dubois", "Lefèvre", "Moreau", "Gérard", "Garçon"],
  ],
  [
    ["Jürgen", "Käthe", "Björn", "Anneliese", "Götz"],
    ["Müller", "Weiß", "Schröder", "Krüger", "Groß"],
  ],
  [
    ["Łukasz", "Małgorzata", "Stanisław", "Zofia", "Grażyna"],
    ["Wójcik", "Dąbrowski", "Kowalczyk", "Szymański", "Źródło"],
  ],
  [
    ["Nguyễn Văn", "Trần Thị", "Lê Hoàng", "Phạm Minh"],
    ["Anh", "Dũng", "Hương", "Phước", "Thảo"],
  ],
  [
    ["Siobhán", "Ciarán", "Aoife", "Seán"],
    ["O’Neill", "Mac Giolla", "Ó Briain", "O'Connor"],
  ],
  [
    ["José", "María", "Íñigo", "Begoña"],
    ["Núñez Peña", "García-Lorca", "Ibáñez", "Muñoz"],
  ],
  [
    ["محمد", "فاطمة", "يوسف", "ليلى", "عمر"],
    ["الحسن", "بن سعيد", "العلي", "الخوري", "ناصر"],
  ],
  [
    ["דוד", "נועה", "אבי", "תמר"],
    ["כהן", "לוי", "מזרחי", "פרץ"],
  ],
  [
    ["مریم", "رضا", "زهرا", "آرش"],
    ["حسینی", "رضایی", "کریمی", "موسوی"],
  ],
  [["小明", "美玲", "建国", "秀英", "志強"], ["王", "李", "張", "劉", "陳"], "family-first"],
  [["さくら", "太郎", "陽菜", "健一"], ["佐藤", "鈴木", "高橋", "渡辺"], "family-first"],
  [["서연", "민준", "지우", "하윤"], ["김", "이", "박", "최"], "family-first"],
  [
    ["अमित", "प्रिया", "राहुल", "सुनीता"],
    ["शर्मा", "वर्मा", "गुप्ता", "पटेल"],
  ],
  [
    ["தமிழரசி", "கார்த்திக்", "மீனா", "அருண்"],
    ["முருகன்", "சுப்பிரமணியம்", "ராமசாமி"],
  ],
  [
    ["Анна", "Дмитрий", "Ольга", "Сергей"],
    ["Иванова", "Кузнецов", "Смирнова", "Щербаков"],
  ],
  [
    ["Ελένη", "Γιώργος", "Μαρία", "Νίκος"],
    ["Παπαδόπουλος", "Ιωάννου", "Οικονόμου"],
  ],
  [
    ["สมชาย", "สุดา", "อนันต์", "พรทิพย์"],
    ["ใจดี", "ศรีสุข", "รักไทย"],
  ],
  [
    ["አበበ", "ሰላም", "ተስፋዬ", "ሃና"],
    ["በቀለ", "ገብረ", "ታደሰ"],
  ],
  [
    ["ნინო", "გიორგი", "თამარ"],
    ["ბერიძე", "კაპანაძე", "გელაშვილი"],
  ],
  [
    ["Wanjikũ", "Kamau", "Adébáyọ̀", "Ngọzi"],
    ["Mwangi", "Òkonkwọ", "Adéwálé", "Ọláolúwa"],
  ],
];

const GRADES = ["A+", "A", "A-", "B+", "B", "B-", "C+", "C", "D"];
const WEIGHTS = [4, 14, 18, 20, 18, 12, 8, 4, 2];
const COURSES = [
  "torts",
  "contracts",
  "constitutional",
  "criminal",
  "property",
  "equity",
  "evidence",
  "international",
  "jurisprudence",
];
const DEGREES = ["Bachelor of Laws", "Bachelor of Laws (Honours)", "Master of Laws"];

/** A small generator of our own, so that the file does not change with anybody's library. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = mulberry32(SEED);

function pick<Value>(values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError("nothing to pick from");
  return value;
}

function pickGrade(): string {
  let at = random() * WEIGHTS.reduce((sum, weight) => sum + weight, 0);
  const found = WEIGHTS.findIndex((weight) => (at -= weight) < 0);
  return GRADES[found] ?? "B";
}

function pickName(): string {
  const [given, family, order] = pick(NAMES);
  return order === "family-first" ? `${pick(family)}${pick(given)}` : `${pick(given)} ${pick(family)}`;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const header = ["student_id", "name", "degree", "awarded_on", "honours", "credits", ...COURSES];
const rows = Array.from({ length: GRADUATES }, (_, at) => {
  const degree = pick(DEGREES);
  const honours = degree.includes("Honours") ? pick(["First Class", "Upper Second Class", "Lower Second Class"]) : "";
  const id = `LAW-2026-${String(at + 1).padStart(4, "0")}`;
  return [
    id,
    pickName(),
    degree,
    "2026-07-03",
    honours,
    degree.startsWith("Master") ? "90" : "180",
    ...COURSES.map(pickGrade),
  ];
});

const text = [header, ...rows].map((row) => row.map(cell).join(",")).join("\n");
writeFileSync(join(import.meta.dirname, "../examples/roster.csv"), `${text}\n`);
