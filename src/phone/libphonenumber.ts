// The build puts this module into a file of its own, which only a run that has a phone loads.
export { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
