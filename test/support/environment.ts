import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

const { createContext } = vm;

/**
 * Jest's environment for Node, with an ordinary global object. Jest's own is a proxy, which slows down every use of a
 * global name such as `Date` or `JSON`: the tests with random histories of a channel would take 50% longer. The proxy also
 * clears global variables after each test file. That is not needed, because every file gets its own global object.
 */
export default class Environment extends TestEnvironment {
  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    let made: vm.Context | undefined;
    vm.createContext = () => {
      made = createContext(vm.constants.DONT_CONTEXTIFY);
      return made;
    };
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
    if (this.getVmContext() !== made) throw new Error('Jest did not take the ordinary global object.');
  }
}
