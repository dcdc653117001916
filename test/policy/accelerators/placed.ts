import { type GraphObject, type GraphValue, isGraphObject } from "../../../contracts/graph";

/** Inputs that hold one value at a path; `[*]` makes a list of one. */
export function placed(path: string, value: GraphValue): GraphObject {
  const inner = path
    .split(/\.|(?=\[\*\])/)
    .reduceRight<GraphValue>((rest, segment) => (segment === "[*]" ? [rest] : { [segment]: rest }), value);
  return isGraphObject(inner) ? inner : {};
}

/** A path as CloudFormation and the APIs spell it. */
export function capitalised(path: string): string {
  return path.replace(/(^|\.)([a-z])/g, (_, dot: string, letter: string) => `${dot}${letter.toUpperCase()}`);
}

/** What asks for an accelerator at the end of a path, by the last name on it. */
export function accelerated(path: string): GraphValue {
  const leaf = path.split(/\.|\[/).findLast((name) => name !== "*]") ?? "";
  switch (leaf) {
    case "acceleratorCount":
    case "acceleratorTotalMemoryMib":
      return { min: 1 };
    case "acceleratorManufacturers":
      return ["nvidia"];
    case "acceleratorNames":
      return ["t4"];
    case "acceleratorTypes":
      return ["gpu"];
    case "acceleratorType":
      return "ml.eia2.medium";
    case "allowedInstanceTypes":
      return ["m5.large", "p4*"];
    case "instanceTypes":
      return ["m5.large", "inf2.xlarge"];
    case "supportedTrainingInstanceTypes":
    case "supportedRealtimeInferenceInstanceTypes":
    case "supportedTransformInstanceTypes":
      return ["ml.m5.large", "ml.g5.xlarge"];
    case "instanceFamily":
      return "p4d";
    case "capacityBlockOfferingId":
      return "cbo-0123456789abcdef0";
    case "limits":
    case "requests":
      return { "nvidia.com/gpu": "1" };
    case "hostPath":
      return "/dev/neuron0";
    case "resourceRequirements":
      return [{ type: "GPU", value: "1" }];
    case "inferenceAcceleratorOverrides":
      return [{ deviceName: "device", deviceType: "eia2.medium" }];
    case "type":
    case "environmentType":
      return "LINUX_GPU_CONTAINER";
    case "workerType":
      return "GPU.1X";
    default:
      return path.includes("clusterConfig") || /AppSettings|Variants|resourceSpec/.test(path)
        ? "ml.g5.xlarge"
        : "p3.2xlarge";
  }
}

/** What asks for none, at the same place: families whose names look accelerated and are not. */
export function innocent(path: string): GraphValue {
  const leaf = path.split(/\.|\[/).findLast((name) => name !== "*]") ?? "";
  switch (leaf) {
    case "acceleratorCount":
    case "acceleratorTotalMemoryMib":
      return { min: 0, max: 0 };
    case "acceleratorManufacturers":
    case "acceleratorNames":
    case "acceleratorTypes":
    case "inferenceAcceleratorOverrides":
      return [];
    case "acceleratorType":
    case "capacityBlockOfferingId":
      return null;
    case "allowedInstanceTypes":
      return ["c7g.*", "m7g.large", "r8g*", "x2gd.medium", "im4gn.large", "is4gen.large", "hpc7g.4xlarge", "c*"];
    case "instanceTypes":
      return ["c7g.large", "m7g.medium", "optimal", "x2gd.large"];
    case "supportedRealtimeInferenceInstanceTypes":
    case "supportedTransformInstanceTypes":
      return ["ml.c7g.large", "ml.m6gd.large"];
    case "instanceFamily":
      return "r8g";
    case "limits":
    case "requests":
      return { cpu: "4", memory: "8Gi", "nvidia.com/gpu": "0", "hugepages-2Mi": "p3" };
    case "hostPath":
      return "/dev/sdp3";
    case "resourceRequirements":
      return [{ type: "VCPU", value: "4" }];
    case "type":
    case "environmentType":
      return "ARM_CONTAINER";
    case "workerType":
      return "G.1X";
    default:
      return "im4gn.xlarge";
  }
}
