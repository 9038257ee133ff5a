type Names = readonly [string, ...string[]];

interface People {
  readonly locale: string;
  readonly language: string;
  /** Hours from UTC, as the API's samples give it. */
  readonly timezone: string;
  readonly dial: string;
  readonly female: Names;
  readonly male: Names;
  readonly last: Names;
}

/** Where seeded contacts come from, so that names in several scripts pass through everything that is tested. */
export const PEOPLE: readonly [People, ...People[]] = [
  {
    locale: 'en_GB',
    language: 'en',
    timezone: '0',
    dial: '+44',
    female: ['Amelia', 'Grace', 'Imogen', 'Niamh', 'Zadie'],
    male: ['Callum', 'Harry', 'Oliver', 'Rhys', 'Theo'],
    last: ["O'Neill", 'Ashworth', 'Bell', 'Okafor', 'Smith-Jones', 'Taylor'],
  },
  {
    locale: 'ms_MY',
    language: 'ms',
    timezone: '8',
    dial: '+60',
    female: ['Aisyah', 'Nurul', 'Puteri', 'Siti', 'Wan Nur'],
    male: ['Ahmad', 'Farid', 'Hafiz', 'Iskandar', 'Zulkifli'],
    last: ['binti Ismail', 'Abdullah', 'Hassan', 'Osman', 'Rahman', 'Tan'],
  },
  {
    locale: 'es_CO',
    language: 'es',
    timezone: '-5',
    dial: '+57',
    female: ['Lucía', 'María José', 'Paula', 'Sofía', 'Ximena'],
    male: ['Andrés', 'Iñaki', 'José', 'Martín', 'Ramón'],
    last: ['de la Peña', 'García', 'Gómez', 'Muñoz', 'Núñez', 'Rodríguez'],
  },
  {
    locale: 'ar_SA',
    language: 'ar',
    timezone: '3',
    dial: '+966',
    female: ['عائشة', 'فاطمة', 'ليلى', 'مريم', 'نور'],
    male: ['أحمد', 'خالد', 'سعيد', 'محمد', 'يوسف'],
    last: ['الحربي', 'الزهراني', 'العتيبي', 'الغامدي', 'القحطاني', 'المطيري'],
  },
  {
    locale: 'hi_IN',
    language: 'hi',
    timezone: '5.5',
    dial: '+91',
    female: ['अनन्या', 'दीया', 'प्रिया', 'मीरा', 'सीता'],
    male: ['अर्जुन', 'आरव', 'रोहन', 'विवेक', 'संजय'],
    last: ['कुमार', 'गुप्ता', 'पटेल', 'मेहता', 'शर्मा', 'सिंह'],
  },
  {
    locale: 'zh_HK',
    language: 'zh',
    timezone: '8',
    dial: '+852',
    female: ['嘉欣', '慧敏', '美玲', '詠詩', '雅婷'],
    male: ['偉明', '俊傑', '家豪', '志強', '浩然'],
    last: ['何', '張', '李', '林', '王', '陳'],
  },
  {
    locale: 'uk_UA',
    language: 'uk',
    timezone: '2',
    dial: '+380',
    female: ['Ганна', 'Марія', 'Олена', 'Софія', 'Юлія'],
    male: ['Андрій', 'Богдан', 'Дмитро', 'Іван', 'Тарас'],
    last: ['Бондаренко', 'Коваленко', 'Мельник', 'Ткаченко', 'Шевченко', 'Кравець'],
  },
  {
    locale: 'pt_BR',
    language: 'pt',
    timezone: '-3',
    dial: '+55',
    female: ['Beatriz', 'Conceição', 'Inês', 'Júlia', 'Mônica'],
    male: ['Antônio', 'Caíque', 'Gustavo', 'João', 'Thiago'],
    last: ['Araújo', 'da Silva', 'Gonçalves', 'Magalhães', 'Souza', 'dos Santos'],
  },
];
