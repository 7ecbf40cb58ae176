/** The names of units, as readers know them. */

import { contains } from "./tokens.js";

/** Units offered at a time. */
const MOST = 5;

export const namesOf = (unit) => [unit.name, ...unit.shortNames, ...unit.formerNames];

/**
 * The units that a query is the name of, with or without their region's.
 *
 * @param {string} query
 * @param {{region: string, regionName: string, unit: import("./engine.js").Unit}[]} units
 * @returns {{address: string, name: string, former: string}[]} address below the site's root;
 *   the name asked for, when the unit has it no more
 */
export function unitsCalled(query, units) {
  const isSame = (a, b) => contains(a, [b]) && contains(b, [a]);
  return units
    .map(({ region, regionName, unit }) => {
      const isAsked = (name) => isSame(name, query) || isSame(name, regionName + query);
      const called = namesOf(unit).find(isAsked);
      const former = unit.formerNames.includes(called) ? called : "";
      return { address: `${region}/${unit.slug}/`, name: unit.name, called, former };
    })
    .filter(({ called }) => called !== undefined)
    .slice(0, MOST);
}
