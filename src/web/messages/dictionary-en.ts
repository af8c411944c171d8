import type { Dictionary } from './dictionary.ts';

export const dictionaryEn: Dictionary = {
  visits: {
    name: 'Visits',
    rule: 'People admitted at the gates, by the fair’s counting rule (usually once a day for each pass, with the number of people actually let in). Plus the actual headcount of school groups and the walk-ins counted by hand; plus or minus the organiser’s corrections. People who work at the fair are not counted.',
    source: 'Pass scans at the gates, group arrivals, manual counts, the organiser’s corrections.',
  },
  entries: {
    name: 'Entries',
    rule: 'Every time somebody came in, re-entries included. Shown beside visits and never mixed with them.',
    source: 'Pass scans at the gates, group arrivals, manual counts.',
  },
  'unique-visitors': {
    name: 'Unique visitors',
    rule: 'Different passes with at least one admission. People in groups and walk-ins cannot be told apart, so only “at least” this many is published and nothing is extrapolated.',
    source: 'Pass scans at the gates.',
  },
  'inside-now': {
    name: 'Inside now',
    rule: 'People who came in minus people who went out, those who work at the fair included. At closing time everybody is taken to have left. Marked as an estimate where exits are not scanned or walk-ins have no exit count.',
    source: 'Scans in and out, group arrivals, manual counts in and out.',
  },
  'peak-inside': {
    name: 'Peak inside',
    rule: 'The largest number of people inside at one time since the fair began.',
    source: 'Scans in and out, group arrivals, manual counts in and out.',
  },
  excluded: {
    name: 'Not counted as visits',
    rule: 'Admissions of staff, exhibitors, press and contractors. Counted apart: they are among those inside, never among visits or unique visitors.',
    source: 'Pass scans at the gates, manual counts.',
  },
  'organisations-registered': {
    name: 'Organisations registered',
    rule: 'Organisations that were ever approved, those that did not come in the end included. Several applications with one tax code are one organisation.',
    source: 'Applications and their reviews.',
  },
  'organisations-present': {
    name: 'Organisations present',
    rule: 'Organisations that took over their booth: present at the fair, not merely registered.',
    source: 'Booths taken over.',
  },
  booths: {
    name: 'Booths',
    rule: 'Booths that an organisation occupies. One organisation may hold several.',
    source: 'Booth assignments, booths taken over.',
  },
  titles: {
    name: 'Titles',
    rule: 'Different titles by ISBN or barcode (by the exhibitor’s own code where there is none), across all exhibitors: a title that several exhibitors bring counts once.',
    source: 'The latest catalogue of each exhibitor.',
  },
  'catalogue-lines': {
    name: 'Catalogue lines',
    rule: 'All lines in the exhibitors’ catalogues. One title at two exhibitors is two lines.',
    source: 'The latest catalogue of each exhibitor.',
  },
  'copies-declared': {
    name: 'Copies declared',
    rule: 'All copies in the latest catalogues of approved exhibitors, without those that were declined, withdrew, were absent or were cancelled since. These are declared copies, not copies displayed or sold.',
    source: 'The latest catalogue of each exhibitor.',
  },
  'copies-displayed': {
    name: 'Copies displayed',
    rule: 'Copies counted when they were brought into the booths.',
    source: 'Stock counts at the booths.',
  },
  'copies-sold': {
    name: 'Copies sold',
    rule: 'Copies sold less copies returned: those recorded sale by sale, plus what a day’s declaration states above them, so that nothing counts twice.',
    source: 'Sales and returns, the exhibitors’ daily declarations.',
  },
  'copies-donated': {
    name: 'Copies donated',
    rule: 'Copies given away: those recorded one by one, plus what a day’s declaration states above them.',
    source: 'Stock records at the booths, the exhibitors’ daily declarations.',
  },
  'copies-left': {
    name: 'Copies left',
    rule: 'Displayed plus added, less sold, less donated, less withdrawn. The closing count is recorded beside it, with the reason for a difference where the exhibitor gives one, and does not change this figure.',
    source: 'Stock records at the booths, sales, the exhibitors’ daily declarations.',
  },
  revenue: {
    name: 'Revenue',
    rule: 'The exhibitors’ net takings in đồng, returns taken off: recorded sale by sale, plus declared.',
    source: 'Sales and returns, the exhibitors’ daily declarations.',
  },
  'revenue-recorded': {
    name: 'Revenue recorded sale by sale',
    rule: 'Takings of each sale, less returns.',
    source: 'Sales and returns.',
  },
  'revenue-declared': {
    name: 'Revenue declared',
    rule: 'What exhibitors declare for a day above what was recorded sale by sale.',
    source: 'The exhibitors’ daily declarations.',
  },
  'activities-planned': {
    name: 'Activities planned',
    rule: 'Activities in the programme.',
    source: 'The fair’s programme.',
  },
  'activities-held': {
    name: 'Activities held',
    rule: 'Activities confirmed to have taken place.',
    source: 'Confirmed by the organiser.',
  },
  readers: {
    name: 'Reader visits',
    rule: 'Visits of readers at the stops of the mobile library.',
    source: 'Recorded at the stops of the mobile library.',
  },
  circulation: {
    name: 'Circulation',
    rule: 'Books borrowed or read at the stops of the mobile library.',
    source: 'Recorded at the stops of the mobile library.',
  },
  schools: {
    name: 'Schools',
    rule: 'Schools of which a group has arrived.',
    source: 'Group registrations and arrivals.',
  },
  classes: {
    name: 'Classes',
    rule: 'Classes of the groups that have arrived, as the groups registered them.',
    source: 'Group registrations and arrivals.',
  },
  pupils: {
    name: 'Pupils in groups',
    rule: 'Actual headcount of the school groups at the gates. These are visits, not unique people.',
    source: 'Group arrivals.',
  },
};
