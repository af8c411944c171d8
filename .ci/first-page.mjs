// Waits until the address answers with a page, at most so many seconds.
const [address, seconds] = process.argv.slice(2);
const deadline = Date.now() + Number(seconds) * 1000;

for (;;) {
  const answer = await fetch(address).catch(() => undefined);
  if (answer?.ok && (await answer.text()).includes('<html')) break;
  if (Date.now() > deadline) {
    console.error(`${address} served no page within ${seconds} s`);
    process.exit(1);
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}
