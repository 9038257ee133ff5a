import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

const { createContext } = vm;

/**
 * Jest's environment for Node, with an ordinary global object. Jest's own is a proxy, which slows down each use of a global
 * name, such as `Date` or `JSON`: random histories of a channel take up to three times as long in it. The proxy also clears
 * global variables after each test file, which is not needed here: a file's global object goes with it.
 */
export default class Environment extends TestEnvironment {
  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
  }
}
