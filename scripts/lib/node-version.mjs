// Imported before anything else, and written so that even a very old Node can read it and say what is wrong.
const major = Number(process.versions.node.split('.')[0]);
if (!(major >= 20)) {
  console.error(
    `Kith needs Node 20 or newer to start, and this is Node ${process.versions.node}. ` +
      'Install a newer one from https://nodejs.org, then try again.',
  );
  process.exit(1);
}
