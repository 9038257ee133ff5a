import { expect, it } from '@jest/globals';
import { api, failure, run } from '../../support/zap.ts';

const send = (url: string) =>
  run('creates.send_message', { contact_id: '60123456789', message_type: 'file', url });

it.each([
  ['https://e.com/my invoice (1).pdf', 'https://e.com/my%20invoice%20(1).pdf'],
  ['https://e.com/año nuevo.jpg', 'https://e.com/a%C3%B1o%20nuevo.jpg'],
  [
    'https://e.com/?q=日本&x="a"|b\\c^`<d>',
    'https://e.com/?q=%E6%97%A5%E6%9C%AC&x=%22a%22%7Cb%5Cc%5E%60%3Cd%3E',
  ],
  ['https://e.com/🎉#fin é', 'https://e.com/%F0%9F%8E%89#fin%20%C3%A9'],
  ['https://ñandú.example/a.jpg', 'https://xn--and-6ma2c.example/a.jpg'],
  ...[
    'https://e.com/a%20b%C3%B1.pdf?x=100%&y={{z}}#a+b',
    "http://user@e.com:8080/a;b,c/(d)/e'f!$*~@:.pdf",
    'https://e.com/fetch?url=https://e.com/a.jpg',
    'https://e.com/?https://e.com/a.jpg&next=http://e.com',
    'https://e.com/image/fetch/https://e.com/a.jpg',
    'https://drive.google.com/uc?export=download&id=ID',
    'https://drive.usercontent.google.com/download?id=ID',
    'https://docs.google.com/document/d/ID/export?format=pdf',
    'https://docs.google.com/spreadsheets/d/e/ID/pub?output=csv',
    'https://www.dropbox.com/scl/fi/ID/a.pdf?rlkey=K&dl=1',
    'https://www.dropbox.com/s/ID/a.jpg?raw=1',
    'https://dl.dropboxusercontent.com/s/ID/a.jpg',
    'https://contoso.sharepoint.com/:b:/g/ID?e=K&download=1',
    'https://contoso.sharepoint.com/sites/a/_layouts/15/download.aspx?share=ID',
    'https://onedrive.live.com/download?resid=ID',
    'https://download.wetransfer.com/eu/ID/a.pdf?token=T',
    'https://e.com/drive.google.com/file/d/ID/view',
  ].map((link) => [link, link]),
])('%s is sent as %s: percent-encoded if that is missing, otherwise byte for byte', async (typed, url) => {
  api()
    .post('/message/sendContent/60123456789', { body: [{ type: 'file', url }] })
    .reply(200, {});
  await send(typed);
});

const refusals = {
  'contains a line break or more than one link': [
    'https://e.com/a.jpg https://e.com/b.jpg',
    'https://e.com/a.jpg?v=1,https://e.com/b.jpg?v=2',
    'https://e.com/a.jpghttps://e.com/b.jpg',
    'https://e.com/a.jpg; www.e.com/b.jpg',
    'https://e.com/a\nb.jpg',
    'https://e.com/a.jpg\u2028https://e.com/b.jpg',
    'https://e.com/a.jpg\tb',
  ],
  'does not contain a link that starts with http:// or https://': [
    ...'https:e.com/a.jpg https:/e.com/a.jpg https:///a.jpg //e.com/a.jpg ftp://e.com/a.jpg'.split(' '),
    ...'https:\\\\e.com\\a.jpg https://e.com\\a.jpg <https://e.com/a.jpg> "https://e.com/a.jpg"'.split(' '),
    'https://a b.com/c.jpg',
  ],
};
it.each(Object.entries(refusals).flatMap(([reason, links]) => links.map((link) => [link, reason])))(
  '%j is refused, as it %s',
  async (url, reason) => {
    expect(await failure(send(url))).toEqual({
      kind: 'HaltedError',
      sentence: `The URL field ${reason}. Enter a public link that opens the file directly, like "https://example.com/invoice.pdf". To send the file of another step, map it into File.`,
    });
  },
);

it.each([
  ['Google Drive', 'https://drive.google.com/file/d/ID/view?usp=sharing', 'uc?export=download&id='],
  ['Google Drive', 'HTTPS://Drive.Google.com/a/e.com/file/d/ID/preview', 'uc?export=download&id='],
  ['Google Drive', 'https://drive.google.com/drive/u/0/folders/ID', 'uc?export=download&id='],
  ['Google Drive', 'https://drive.google.com/open?id=ID', 'uc?export=download&id='],
  ['Google Docs', 'https://docs.google.com/document/d/ID/edit', '/export?format=pdf'],
  ['Google Docs', 'https://docs.google.com/spreadsheets/d/ID/edit#gid=0', '/export?format=pdf'],
  ['Google Docs', 'https://docs.google.com/presentation/u/1/d/ID', '/export?format=pdf'],
  ['Dropbox', 'https://www.dropbox.com/s/ID/a.pdf?dl=0', 'dl=1'],
  ['Dropbox', 'https://dropbox.com/scl/fi/ID/a.pdf?rlkey=K&dl=10', 'dl=1'],
  ['OneDrive', 'https://1drv.ms/b/s!ID', 'download=1'],
  ['OneDrive', 'https://onedrive.live.com/?cid=A&id=B', 'download=1'],
  ['OneDrive', 'https://contoso-my.sharepoint.com/:b:/g/personal/ana/ID?e=K', 'download=1'],
  ['OneDrive', 'https://contoso.sharepoint.com/sites/a/_layouts/15/Doc.aspx?sourcedoc=ID', 'download=1'],
  ['WeTransfer', 'https://we.tl/t-ID', 'somewhere else'],
  ['WeTransfer', 'https://wetransfer.com/downloads/ID', 'somewhere else'],
])('a page of %s, %s, is refused with the way out', async (service, url, wayOut) => {
  const { kind, sentence } = await failure(send(url));
  expect(kind).toBe('HaltedError');
  expect(sentence).toContain(`The URL field contains a link to a page of ${service} that shows the file. `);
  expect(sentence).toContain(wayOut);
});
