import type { SteadyKind } from "./steadyKind";

/** Kinds whose use Savings Plans cover, but of which nothing runs in every hour, with why. */
const UNSTEADY: readonly (readonly [what: string, why: string, ...types: readonly string[]])[] = [
  [
    "training, processing and transform",
    "it runs when it is started, by a schedule or by hand: no hour counts on it, though SageMaker Savings Plans cover it when it runs on demand; managed spot they do not cover",
    "aws:sagemaker/pipeline:Pipeline",
  ],
  [
    "requests and duration",
    "they vary with traffic: no hour counts on them; Compute Savings Plans cover duration, SageMaker's do not",
    "aws:lambda/function:Function",
  ],
  [
    "tasks",
    "where they run on Fargate, Compute Savings Plans cover them; the book has no price of Fargate",
    "aws:ecs/service:Service",
  ],
  ["apps of Studio", "their users start and stop them", "aws:sagemaker/app:App", "aws:sagemaker/space:Space"],
];

/** Kinds that are listed for completeness: a commitment counts on none of them. */
export const unsteadyKinds: readonly SteadyKind[] = UNSTEADY.map(([what, why, ...types]) => ({
  types,
  steady: () => [{ what, why }],
}));
