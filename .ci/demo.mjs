// Fails unless the demo's figures are those of the acceptance scenario "Bắc Ninh 2022".
import { readFileSync } from 'node:fs';

const sentence =
  'gần 6.000 lượt người tham gia, trên 20 đơn vị xuất bản, phát hành lớn trong và ngoài tỉnh tham gia ' +
  'với trên 1,5 triệu bản sách';

const text = readFileSync(process.argv[2], 'utf8');
JSON.parse(text);
if (!text.includes(sentence))
  throw new Error(`the figures document does not hold the sentence: ${text.slice(0, 2000)}`);
console.log(sentence);
