// A reminder as calendars take it: one day, in the format of RFC 5545.
"use strict";

window.nnReminder = ({ day, title, text, address }, now = new Date()) => {
  const bare = date => date.toISOString().replace(/[-:]|\.\d+/g, "");
  const escaped = words => words.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
  const next = new Date(Date.parse(day) + 864e5);
  const random = [...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, "0")).join("");

  // A line is 75 bytes at most; what goes on begins the next line with a space.
  function folded(line) {
    const parts = [""];
    let bytes = 0;
    for (const letter of line) {
      const size = new TextEncoder().encode(letter).length;
      if (bytes + size > 75) { parts.push(""); bytes = 1; }
      parts[parts.length - 1] += letter;
      bytes += size;
    }
    return parts.join("\r\n ");
  }

  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Weights and biases//Review//EN", "BEGIN:VEVENT",
    `UID:review-${random}`, `DTSTAMP:${bare(now)}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`, `DTEND;VALUE=DATE:${bare(next).slice(0, 8)}`,
    `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`, ...(address ? [`URL:${address}`] : []), "TRANSP:TRANSPARENT",
    "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, "TRIGGER:PT9H", "END:VALARM",
    "END:VEVENT", "END:VCALENDAR", ""].map(folded).join("\r\n");
};
