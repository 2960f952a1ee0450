// A place in a picture to take hold of, on a page and in a notebook alike; the sliders are the way for the keyboard.
"use strict";
window.nnGrip = class {
  // `box`: the Axes in the picture's points; `moved([x, y])` is told where the pointer wants it, `taken()` that it has it.
  constructor(frame, box, moved, taken = () => {}) {
    Object.assign(this, { frame, box, moved, taken, at: [null, null] });
    this.element = document.createElement("div");
    this.element.className = "nn-grip";
    this.element.setAttribute("aria-hidden", "true");
    this.element.addEventListener("pointerdown", event => this.take(event));
    this.element.addEventListener("pointermove", event => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) this.element.addEventListener(end, () => { this.held = null; });
    frame.append(this.element);
  }

  get size() {
    const { width, height } = this.frame.querySelector(":scope > svg").viewBox.baseVal;
    return [width, height];
  }

  stand(x, y) {                                       // null along a line, and for both where there is nothing to hold
    this.at = [x, y];
    this.element.hidden = x === null && y === null;
    if (this.element.hidden) return;
    const { style } = this.element, [left, top, right, bottom] = this.box, [width, height] = this.size;
    const across = v => v / width * 100 + "%", down = v => v / height * 100 + "%";
    this.element.dataset.line = x === null ? "horizontal" : y === null ? "vertical" : "";
    style.left = across(x === null ? (left + right) / 2 : x);
    style.top = down(y === null ? (top + bottom) / 2 : y);
    style.width = x === null ? across(right - left) : "";
    style.height = y === null ? down(bottom - top) : "";
  }

  pointer(event) {
    const box = this.frame.getBoundingClientRect(), [width, height] = this.size;
    return [(event.clientX - box.left) / box.width * width, (event.clientY - box.top) / box.height * height];
  }

  take(event) {
    if (event.button) return;
    event.preventDefault();
    this.element.setPointerCapture(event.pointerId);
    this.taken();
    const [x, y] = this.pointer(event), [hx, hy] = this.at;
    this.held = [hx === null ? 0 : hx - x, hy === null ? 0 : hy - y];
  }

  move(event) {
    if (!this.held) return;
    const [x, y] = this.pointer(event);
    this.moved([x + this.held[0], y + this.held[1]]);
  }
};
