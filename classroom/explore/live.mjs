// The picture of a figure in a live notebook: Python draws it, and is told where the reader drags what can be dragged.
export default {
  render({ model, el }) {
    const grips = new Map();
    let wish = null, busy = false;

    function tell() {                                  // one at a time: Python answers before it hears of the next
      if (busy || !wish) return;
      busy = true;
      model.send(wish);
      wish = null;
    }
    function stand() {
      const handles = model.get("handles"), frame = el.querySelector(".nn-frame");
      el.classList.toggle("nn-shut", model.get("shut"));
      if (!frame) return;
      for (const [handle, [, , , box]] of Object.entries(handles))
        if (!grips.has(handle)) grips.set(handle, new window.nnGrip(frame, box, at => { wish = { handle, at }; tell(); }));
      for (const [handle, grip] of grips) grip.stand(...(handles[handle]?.slice(1, 3) ?? [null, null]));
    }
    function draw() {                                  // the frame stays, since what is held stands in it
      const drawn = document.createElement("template");
      drawn.innerHTML = model.get("value");
      if (!el.querySelector(".nn-frame")) el.replaceChildren(drawn.content);
      else for (const part of [".nn-frame > svg", ".nn-says"]) {
        const after = drawn.content.querySelector(part);
        if (after) el.querySelector(part).replaceWith(after);
      }
      stand();
    }
    const answered = () => { busy = false; tell(); };
    const heard = { "change:value": draw, "change:handles": stand, "change:shut": stand, "msg:custom": answered };
    for (const [name, what] of Object.entries(heard)) model.on(name, what);
    draw();
    return () => { for (const [name, what] of Object.entries(heard)) model.off(name, what); };
  },
};
