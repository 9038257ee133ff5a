/** A text with the variables `{{1}}`, `{{2}}`…, and their values. */
interface Variables {
  readonly parameters?: readonly { readonly type: 'text'; readonly text: string }[];
}
interface MediaHeader<Format extends 'image' | 'video' | 'document'> {
  readonly type: 'header';
  readonly format: Format;
  readonly parameters: readonly [
    { readonly type: Format } & Readonly<Record<Format, { link: string; filename: string; caption: string }>>,
  ];
}
type Component =
  | ({ readonly type: 'body'; readonly text: string } & Variables)
  | ({ readonly type: 'header'; readonly format: 'text'; readonly text: string } & Variables)
  | MediaHeader<'image'>
  | MediaHeader<'video'>
  | MediaHeader<'document'>
  | { readonly type: 'buttons'; readonly buttons: readonly Button[] };
type Button =
  | ({ readonly type: 'url'; readonly text: string; readonly url: string } & Variables)
  | { readonly type: 'quick_reply'; readonly text: string };
interface Template {
  readonly name: string;
  readonly languageCode: string;
  readonly components: readonly Component[];
}

/** A message, as `docs/api/openapi.yaml` describes it. */
export type Message =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image' | 'video' | 'audio' | 'file'; readonly url: string }
  | { readonly type: 'quick_reply'; readonly title: string; readonly replies: readonly string[] }
  | { readonly type: 'whatsapp_template'; readonly template: Template };

/** The extensions of each type. Formats that hold audio or video (mp4, ogg, webm, 3gp) are in both lists. */
const EXTENSIONS = {
  image: 'apng avif bmp gif heic heif ico jfif jpeg jpg png svg tif tiff webp',
  audio: '3gp aac aif aiff amr flac m4a mid midi mp3 mp4 mpga oga ogg opus wav weba webm wma',
  video: '3gp avi flv m4v mkv mov mp4 mpeg mpg ogg ogv ts webm wmv',
  other: 'css csv doc docx exe gz htm html js json odt pdf ppt pptx rar rtf tar txt xls xlsx xml zip',
};

/**
 * True if the extension in an attachment's URL belongs to another type. The real API looks at the file. A URL without
 * an extension, or with an unknown one, is accepted here.
 */
function contradictsType(type: 'image' | 'audio' | 'video', url: string): boolean {
  const extension = /\.([a-z0-9]+)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase();
  if (extension === undefined || EXTENSIONS[type].split(' ').includes(extension)) return false;
  return Object.values(EXTENSIONS).some((list) => list.split(' ').includes(extension));
}

/** Returns the reasons to refuse a text: its variables, or its length once they are filled in. */
function wrongText(text: string, { parameters = [] }: Variables, longest = Infinity): string {
  const numbers = new Set(Array.from(text.matchAll(/\{\{(\d+)\}\}/g), ([, number]) => Number(number)));
  if (numbers.size !== parameters.length || [...numbers].some((number) => !parameters[number - 1])) {
    return 'One parameter is needed for each of {{1}}, {{2}}… in the text, and none without.';
  }
  const filled = text.replaceAll(/\{\{(\d+)\}\}/g, (_, number) => parameters[number - 1]?.text ?? '');
  return [...filled].length > longest ? `The text has more than ${longest} characters once filled in.` : '';
}

function wrongComponent(component: Component, _: number, { length }: readonly Component[]): string {
  switch (component.type) {
    case 'body':
      // WhatsApp's limit holds for a template that has a header or buttons too.
      return wrongText(component.text, component, length > 1 ? 1024 : undefined);
    case 'header':
      return component.format === 'text' ? wrongText(component.text, component, 60) : '';
    case 'buttons':
      return component.buttons
        .map((button) => (button.type === 'url' ? wrongText(button.url, button) : ''))
        .join('');
  }
}

/** Returns the reasons to refuse a message that its schema accepts; empty if there are none. */
export function refusalOf(message: Message): string {
  if (message.type === 'image' || message.type === 'audio' || message.type === 'video') {
    return contradictsType(message.type, message.url)
      ? 'Sorry, Url provided is not an image/audio/video file'
      : '';
  }
  if (message.type !== 'whatsapp_template') return '';
  const { components } = message.template;
  if (!/^(header )?body( buttons)?$/.test(components.map(({ type }) => type).join(' '))) {
    return 'The components are a header, the body and buttons, in this order; only the body is required.';
  }
  return components.map(wrongComponent).find(Boolean) ?? '';
}
