import type { Message } from './bodies.ts';

/** Extensions by type. Formats that hold audio as well as video (mp4, ogg, webm, 3gp) are in both lists. */
const EXTENSIONS = {
  image: 'apng avif bmp gif heic heif ico jfif jpeg jpg png svg tif tiff webp',
  audio: '3gp aac aif aiff amr flac m4a mid midi mp3 mp4 mpga oga ogg opus wav weba webm wma',
  video: '3gp avi flv m4v mkv mov mp4 mpeg mpg ogg ogv ts webm wmv',
  other: 'css csv doc docx exe gz htm html js json odt pdf ppt pptx rar rtf tar txt xls xlsx xml zip',
};

/**
 * Whether the extension in an attachment's URL belongs to another type. The real API looks at the file; a URL without
 * an extension, or with an unknown one, is accepted here.
 */
export function contradictsType(message: Message): boolean {
  if (message.type !== 'image' && message.type !== 'audio' && message.type !== 'video') return false;
  const extension = /\.([a-z0-9]+)$/i.exec(new URL(message.url).pathname)?.[1]?.toLowerCase();
  if (extension === undefined || EXTENSIONS[message.type].split(' ').includes(extension)) return false;
  return Object.values(EXTENSIONS).some((list) => list.split(' ').includes(extension));
}
