type Names = readonly [string, ...string[]];

export interface People {
  readonly locale: string;
  /** Hours from UTC, as the API's samples give it. */
  readonly timezone: string;
  /** The forms in which people save a phone, each # a digit. The first is the one that WhatsApp uses in IDs. */
  readonly phones: Names;
  readonly female: Names;
  readonly male: Names;
  readonly last: Names;
}

/** Names in Latin script and of usual length: a machine without other fonts can show them. */
export const LATIN: readonly [People, ...People[]] = [
  {
    locale: 'en_GB',
    timezone: '0',
    phones: ['+44791#######', '44791#######', '+44 791# ######', '0791# ######'],
    female: ['Amelia', 'Grace', 'Imogen', 'Niamh', 'Zadie'],
    male: ['Callum', 'Harry', 'Oliver', 'Rhys', 'Theo'],
    last: ["O'Neill", 'Ashworth', 'Bell', 'Okafor', 'Smith-Jones', 'Taylor'],
  },
  {
    locale: 'ms_MY',
    timezone: '8',
    phones: ['+6012#######', '6012#######', '+60 12-### ####', '012-### ####'],
    female: ['Aisyah', 'Nurul', 'Puteri', 'Siti', 'Wan Nur'],
    male: ['Ahmad', 'Farid', 'Hafiz', 'Iskandar', 'Zulkifli'],
    last: ['binti Ismail', 'Abdullah', 'Hassan', 'Osman', 'Rahman', 'Tan'],
  },
  {
    locale: 'es_CO',
    timezone: '-5',
    phones: ['+57300#######', '57300#######', '+57 300 #######', '300 #######'],
    female: ['Lucía', 'María José', 'Paula', 'Sofía', 'Ximena'],
    male: ['Andrés', 'Iñaki', 'José', 'Martín', 'Ramón'],
    last: ['de la Peña', 'García', 'Gómez', 'Muñoz', 'Núñez', 'Rodríguez'],
  },
  {
    locale: 'pt_BR',
    timezone: '-3',
    phones: ['+551198#######', '55118#######', '+55 11 98###-####', '(11) 8###-####', '551198#######'],
    female: ['Beatriz', 'Conceição', 'Inês', 'Júlia', 'Mônica'],
    male: ['Antônio', 'Caíque', 'Gustavo', 'João', 'Thiago'],
    last: ['Araújo', 'da Silva', 'Gonçalves', 'Magalhães', 'Souza', 'dos Santos'],
  },
  {
    locale: 'es_MX',
    timezone: '-6',
    phones: ['+521551#######', '52551#######', '+52 1 55 1### ####', '55 1### ####', '+52 55 1### ####'],
    female: ['Guadalupe', 'Itzel', 'María Fernanda', 'Renata', 'Xóchitl'],
    male: ['Cuauhtémoc', 'Diego', 'Emiliano', 'Jesús', 'Ángel'],
    last: ['Hernández', 'Ibáñez', 'López', 'Martínez', 'Peña Nieto', 'Zúñiga'],
  },
  {
    locale: 'es_AR',
    timezone: '-3',
    phones: ['+549115#######', '549115#######', '+54 9 11 5###-####', '011 5###-####', '54115#######'],
    female: ['Agustina', 'Belén', 'Delfina', 'Rocío', 'Valentina'],
    male: ['Facundo', 'Joaquín', 'Lautaro', 'Nicolás', 'Tomás'],
    last: ['Álvarez', 'Benítez', 'Fernández', 'Giménez', 'Quiroga', 'Sosa'],
  },
];

/** Names in several scripts and very long ones, so that tests meet them. */
export const PEOPLE: readonly [People, ...People[]] = [
  ...LATIN,
  {
    locale: 'de_DE',
    timezone: '1',
    phones: ['+49151#######', '49151#######', '+49 151 #######', '0151 #######'],
    female: ['Anna-Katharina Wilhelmine Friederike', 'Jördis', 'Maria Theresia Walburga'],
    male: ['Götz', 'Hans-Jürgen Maximilian Ferdinand', 'Karl-Theodor Maria Nikolaus'],
    last: [
      'von und zu Hohenstein-Wittgenstein',
      'Leutheusser-Schnarrenberger',
      'Wolfeschlegelsteinhausenbergerdorff',
    ],
  },
  {
    locale: 'ar_SA',
    timezone: '3',
    phones: ['+96655#######', '96655#######', '+966 55 ### ####', '055 ### ####'],
    female: ['عائشة', 'فاطمة', 'ليلى', 'مريم', 'نور'],
    male: ['أحمد', 'خالد', 'سعيد', 'محمد', 'يوسف'],
    last: ['الحربي', 'الزهراني', 'العتيبي', 'الغامدي', 'القحطاني', 'المطيري'],
  },
  {
    locale: 'hi_IN',
    timezone: '5.5',
    phones: ['+91987#######', '91987#######', '+91 987## #####', '0987## #####'],
    female: ['अनन्या', 'दीया', 'प्रिया', 'मीरा', 'सीता'],
    male: ['अर्जुन', 'आरव', 'रोहन', 'विवेक', 'संजय'],
    last: ['कुमार', 'गुप्ता', 'पटेल', 'मेहता', 'शर्मा', 'सिंह'],
  },
  {
    locale: 'zh_HK',
    timezone: '8',
    phones: ['+8526#######', '8526#######', '+852 6### ####', '6### ####'],
    female: ['嘉欣', '慧敏', '美玲', '詠詩', '雅婷'],
    male: ['偉明', '俊傑', '家豪', '志強', '浩然'],
    last: ['何', '張', '李', '林', '王', '陳'],
  },
  {
    locale: 'uk_UA',
    timezone: '2',
    phones: ['+38050#######', '38050#######', '+380 50 ### ####', '050 ### ####'],
    female: ['Ганна', 'Марія', 'Олена', 'Софія', 'Юлія'],
    male: ['Андрій', 'Богдан', 'Дмитро', 'Іван', 'Тарас'],
    last: ['Бондаренко', 'Коваленко', 'Мельник', 'Ткаченко', 'Шевченко', 'Кравець'],
  },
];
