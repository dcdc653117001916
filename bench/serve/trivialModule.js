/** The least that a model can do, so that what is measured is the server around it: a constant, with a fixed interval. */
exports.fit = ({ values }) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { model: { mean }, ...exports.load({ mean }) };
};

exports.load = ({ mean }) => ({
  predict: ({ length }) => ({
    mean: new Float64Array(length).fill(mean),
    lower: new Float64Array(length).fill(mean - 1),
    upper: new Float64Array(length).fill(mean + 1),
  }),
});
