import { Icc } from "../../../../contracts/transformation";
import { BASE } from "./basePictures";
import { exifSegment, orientationExif } from "./exifBytes";
import type { HostileInput } from "./hostileInput";
import { Marker, segment, withSegments } from "./jpegBytes";
import { seededRandom } from "./seededRandom";
import { tiff } from "./tiffBytes";

const LYING = [BASE.width, BASE.height] as const;
const TURNED = [BASE.height, BASE.width] as const;

/** Segment APP2 that says it is so much of an ICC profile. */
function iccSegment(data: Uint8Array, part = 1, parts = 1): Buffer {
  return segment(Marker.App2, Buffer.concat([Buffer.from("ICC_PROFILE\0"), Buffer.from([part, parts]), data]));
}

/** A good JPEG with metadata that is odd or broken: the picture is good all the same. */
export function oddMetadata(jpeg: Uint8Array): readonly HostileInput[] {
  const random = seededRandom(31);
  const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random(256)));
  const profile = Buffer.alloc(300);
  profile.writeUInt32BE(300, 0);
  profile.write("acsp", 36, "latin1");
  const orientations = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 65_535].map((value) => ({
    name: `exif orientation ${value}`,
    segments: [orientationExif(value)],
    expected: value >= 5 && value <= 8 ? TURNED : LYING,
  }));
  const exifs: Readonly<Record<string, readonly Uint8Array[]>> = {
    "exif without anything": [exifSegment(new Uint8Array())],
    "exif of noise": [exifSegment(noise(500))],
    "exif of 65,000 bytes": [exifSegment(noise(65_000))],
    "exif whose directory follows itself": [
      exifSegment(tiff([{ tag: 0x112, type: 3, values: [1] }], undefined, "self")),
    ],
    "exif that points to itself": [exifSegment(tiff([{ tag: 0x8769, values: [8] }]))],
    "exif whose directory is outside": [exifSegment(Buffer.from("II*\0\xff\xff\xff\x7f", "latin1"))],
    "exif of 65,535 entries": [exifSegment(Buffer.from("II*\0\x08\0\0\0\xff\xff", "latin1"))],
    "exif of an entry of 4 billion values": [
      exifSegment(tiff([{ tag: 0x10e, type: 2, values: [8], count: 2 ** 32 - 1 }])),
    ],
    "exif of unknown types": [exifSegment(tiff([{ tag: 0x112, type: 99, values: [6] }]))],
    "exif orientation as text": [orientationExif(0x36, { type: 2 })],
    "exif orientation with no value": [orientationExif(6, { count: 0 })],
    "exif resolution of zero": [exifSegment(tiff([{ tag: 0x11a, type: 5, values: [8] }]))],
    "exif a hundred times": Array.from({ length: 100 }, () => orientationExif(1)),
    "xmp of 65,000 bytes": [
      segment(Marker.App1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), noise(65_000)])),
    ],
    "xmp of nested entities": [
      segment(
        Marker.App1,
        Buffer.from('http://ns.adobe.com/xap/1.0/\0<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]><x>&a;</x>'),
      ),
    ],
    "adobe segment cut short": [segment(Marker.App14, Buffer.from("Adobe"))],
  };
  const profiles: Readonly<Record<string, readonly Uint8Array[]>> = {
    "profile of noise": [iccSegment(noise(400))],
    "profile without anything": [iccSegment(new Uint8Array())],
    "profile of a header alone": [iccSegment(profile.subarray(0, 128))],
    "profile of zeros": [iccSegment(profile)],
    "profile whose second part is missing": [iccSegment(profile, 1, 2)],
    "profile whose first part is missing": [iccSegment(profile, 2, 2)],
    "profile of part 0 of 0": [iccSegment(profile, 0, 0)],
    "profile that says 4 GiB": [iccSegment(Buffer.concat([Buffer.alloc(4, 0xff), profile.subarray(4)]))],
    "profile of 250 parts": Array.from({ length: 250 }, (_, index) => iccSegment(noise(4000), index + 1, 250)),
  };
  return [
    ...orientations.map(({ name, segments, expected }) => ({ name, bytes: withSegments(jpeg, ...segments), expected })),
    ...Object.entries(exifs).map(([name, all]) => ({ name, bytes: withSegments(jpeg, ...all), expected: LYING })),
    ...Object.values(Icc).flatMap((icc) =>
      Object.entries(profiles).map(([name, all]) => {
        return { name: `${name}, ${icc}`, bytes: withSegments(jpeg, ...all), expected: LYING, options: { icc } };
      }),
    ),
  ];
}
