/**
 * Instance families, written by `npm run families`; do not edit.
 * Sources: the enumerations of instance types in @aws-sdk/client-ec2 3.1169.0 and @aws-sdk/client-sagemaker 3.1142.0.
 */
export const FAMILIES_PUBLISHED = "2026-09-29";

/** Families by what accelerates them and by processor. */
export const FAMILIES = {
  "cpu apple": "mac-m3ultra mac-m4 mac-m4max mac-m4pro mac2 mac2-m1ultra mac2-m2 mac2-m2pro",
  "cpu graviton":
    "a1 c6g c6gd c6gn c7g c7gd c7gn c8g c8gb c8gd c8gn c9g c9gd hpc7g i4g i8g i8ge im4gn is4gen m6g m6gd m7g " +
    "m7gd m8g m8gb m8gd m8gn m9g m9gd r6g r6gd r7g r7gd r8g r8gb r8gd r8gn r9g r9gd t4g x2gd x8g",
  "cpu x86":
    "c1 c3 c4 c5 c5a c5ad c5d c5n c6a c6i c6id c6in c7a c7i c7i-flex c8a c8i c8i-flex c8ib c8id c8in c8ine cc1 " +
    "cc2 cr1 d2 d3 d3en geospatial h1 hi1 hpc6a hpc6id hpc7a hpc8a hs1 i2 i3 i3en i4i i7i i7ie m1 m2 m3 m4 m5 " +
    "m5a m5ad m5d m5dn m5n m5zn m6a m6i m6id m6idn m6in m7a m7i m7i-flex m8a m8azn m8i m8i-flex m8ib m8id " +
    "m8idb m8idn m8in m8ine mac1 r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6i r6id r6idn r6in r7a r7i r7iz r8a " +
    "r8i r8i-flex r8ib r8id r8idb r8idn r8in t1 t2 t3 t3a t8i u-12tb1 u-18tb1 u-24tb1 u-3tb1 u-6tb1 u-9tb1 " +
    "u7i-12tb u7i-6tb u7i-8tb u7ib-12tb u7in-16tb u7in-24tb u7in-32tb u7inh-32tb x1 x1e x2idn x2iedn x2iezn " +
    "x8aedz x8i z1d",
  "deep-learning x86": "dl1 dl2q",
  "fpga x86": "f1 f2",
  "gpu grace": "p6e-gb200",
  "gpu graviton": "g5g",
  "gpu x86": "cg1 g2 g3 g3s g4ad g4dn g5 g6 g6e g6f g7 g7e gr6 gr6f p2 p3 p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300",
  "media x86": "vt1",
  "neuron x86": "inf1 inf2 trn1 trn1n trn2 trn2u",
} as const;

/** Families that each use of SageMaker takes. */
export const SAGEMAKER_FAMILIES = {
  hosting:
    "c4 c5 c5d c6g c6gd c6gn c6i c6in c7g c7i c8g dl1 g4dn g5 g6 g6e g7 g7e inf1 inf2 m4 m5 m5d m6g m6gd m6i " +
    "m7i m8g p2 p3 p4d p4de p5 p5e p5en p6-b200 p6-b300 p6e-gb200 r5 r5d r6g r6gd r6i r7gd r7i r8g t2 trn1 " +
    "trn1n trn2",
  training:
    "c4 c5 c5n c6i c7i c8i g4dn g5 g6 g6e g7 g7e m4 m5 m6i m7i m8i p2 p3 p3dn p4d p4de p5 p5e p5en p6-b200 " +
    "p6-b300 p6e-gb200 r5 r5d r6i r7i r8i t3 trn1 trn1n trn2",
  processing: "c4 c5 c6i c7i c8i g4dn g5 g6 g6e g7 g7e m4 m5 m6i m7i m8i p2 p3 p5 r5 r5d r6i r7i r8i t3",
  transform: "c4 c5 c6i c7i g4dn g5 g6 g6e inf2 m4 m5 m6i m7i p2 p3 r6i r7i trn1",
  notebook:
    "c4 c5 c5d c6i c6id c7i g4dn g5 g6 g6e g7e inf1 inf2 m4 m5 m5d m6i m6id m7i p2 p3 p3dn p4d p4de p5 p5en " +
    "p6-b200 r5 r6i r6id r7i t2 t3 trn1 trn1n",
  studio:
    "c5 c6i c6id c7i g4dn g5 g6 g6e g7 g7e geospatial m5 m5d m6i m6id m7i p3 p3dn p4d p4de p5 p5en p6-b200 r5 " +
    "r6i r6id r7i t3 trn1 trn1n",
} as const;
