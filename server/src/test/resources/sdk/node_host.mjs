// Runs bodies of functions, one JSON string on each line of its input, and prints what each returned
// as {"value": …} or threw as {"error": …}, in their order.

import { createInterface } from 'node:readline';

const AsyncFunction = (async () => {}).constructor;

for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
        answer = { value: (await new AsyncFunction(JSON.parse(line))()) ?? null };
    } catch (error) {
        answer = { error: String(error?.stack ?? error) };
    }
    console.log(JSON.stringify(answer));
}
process.exit();
