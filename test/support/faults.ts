/** The code of the fault that something throws: tests assert codes, never messages. */

import { TestamurError, type FaultCode } from "../../src/core/errors.ts";

/** The code, or undefined when nothing is thrown; whatever else is thrown goes on its way. */
export function faultOf(act: () => unknown): FaultCode | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof TestamurError) return error.code;
    throw error;
  }
}

/** The same for what fails later. */
export async function laterFaultOf(act: () => Promise<unknown>): Promise<FaultCode | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof TestamurError) return error.code;
    throw error;
  }
}
