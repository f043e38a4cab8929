// What is trained, and by whom: one entry a recipe, its PyTorch scripts by increasing effort.

/**
 * steps: of the training that must reach the same loss first; tolerance: how far the losses of sides may be apart there,
 * since their seeds differ; leastSteps: of a timed round; modelSteps: steps of single models in one step of a side.
 */
export const recipes = [
  {
    name: "cc",
    title: "Compressed computation: 100 features, 50 neurons, p = 0.01, batch 2048, squared error, AdamW",
    own: "cc_toy_cis.mjs",
    peers: [
      { file: "cc_torch.py", says: "as a researcher writes it" },
      { file: "cc_torch_sparse.py", says: "the same with an expert's sparse sampler" },
      { file: "cc_torch_rows.py", says: "tuned: empty rows dropped, AdamW fused or foreach" },
      { file: "cc_torch_gram.py", says: "toy-cis's algebra in PyTorch" },
    ],
    mixed: true,
    flags: [],
    loss: "L/p at p = 0.01",
    steps: 2000,
    // From one seed to the next L/p scatters by about 0.0005.
    tolerance: 0.002,
    leastSteps: 100,
    modelSteps: 1,
  },
  {
    name: "l4",
    title: "Fourth powers: 100 features, 50 neurons, p = 0.02, batch 8192, clean labels, Adam",
    own: "l4_toy_cis.mjs",
    peers: [
      { file: "l4_torch.py", says: "as a researcher writes it" },
      { file: "l4_torch_sparse.py", says: "the same with an expert's sparse sampler" },
      { file: "l4_torch_rows.py", says: "tuned: empty rows dropped, Adam fused or foreach" },
    ],
    mixed: false,
    flags: [],
    loss: "mean |ŷ − y|⁴ / p at p = 0.02",
    steps: 500,
    // Seeds scatter by about 2e-5.
    tolerance: 1e-4,
    leastSteps: 50,
    modelSteps: 1,
  },
  ...[
    // Seeds scatter by about 3e-5; with the spread, where single dense models differ by 3 %, by about 3e-4.
    { name: "tms", p: "p = 0.05", flags: [], tolerance: 1.5e-4 },
    { name: "tms-spread", p: "p from 1 to 0.05 over the models", flags: ["--spread"], tolerance: 1.5e-3 },
  ].map(({ name, p, flags, tolerance }) => ({
    name,
    title: `Toy models of superposition: 10 models at once, 100 features, 20 dimensions, ${p}, batch 1024, ReLU outputs, AdamW`,
    own: "tms_toy_cis.mjs",
    peers: [
      { file: "tms_torch.py", says: "all models in one batch, by einsum as in the notebook" },
      { file: "tms_torch_bmm.py", says: "tuned: model axis first, AdamW fused or foreach" },
      ...(flags.length > 0
        ? []
        : [{ file: "tms_torch_sparse.py", says: "tuned, and an expert's sparse sampler" }]),
    ],
    mixed: false,
    flags,
    loss: "squared error per output, mean over the models",
    steps: 400,
    tolerance,
    leastSteps: 50,
    modelSteps: 10,
  })),
];
