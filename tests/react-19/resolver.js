const given = Object.keys(require('./package.json').dependencies);

/** Takes what Grafana gives to plugins from this folder, and all else from where it is. */
module.exports = (request, options) => {
  const isGiven = given.some((name) => request === name || request.startsWith(`${name}/`));
  return options.defaultResolver(request, isGiven ? { ...options, basedir: __dirname } : options);
};
