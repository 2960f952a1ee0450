// What happens to a drawing before a network sees it: NIST's recipe, in whole numbers, as classroom/draw/recipe.py
// has it and says why; a test holds the two together, pixel for pixel. No page is needed here: Node runs it too.
(() => {
  const SIDE = 64, FINE = 1024, LEAST_WIDTH = [4, 10];
  const blank = (height, width) => ({ height, width, ink: new Uint8Array(height * width) });
  const at = ({ height, width, ink }, row, column) =>
    row >= 0 && row < height && column >= 0 && column < width ? ink[row * width + column] : 0;

  // Strokes [[[x, y], …], …] from 0 to 1 as pixels: ink where the middle is within half a pen of a stroke.
  function bitmap(strokes, pen) {
    const image = blank(SIDE, SIDE), wide = Math.floor(pen * FINE + 0.5), cell = FINE / SIDE;
    for (const stroke of strokes) {
      const points = stroke.map(([x, y]) => [Math.floor(x * FINE + 0.5), Math.floor(y * FINE + 0.5)]);
      for (let k = 0; k < Math.max(1, points.length - 1); k++) {
        const [ax, ay] = points[k], [bx, by] = points[Math.min(k + 1, points.length - 1)];
        const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
        const row = y => Math.min(SIDE, Math.max(0, Math.floor(y / cell)));
        for (let i = row(Math.min(ay, by) - wide); i < row(Math.max(ay, by) + wide + cell); i++)
          for (let j = row(Math.min(ax, bx) - wide); j < row(Math.max(ax, bx) + wide + cell); j++) {
            const ex = j * cell + cell / 2 - ax, ey = i * cell + cell / 2 - ay;
            const along = ex * dx + ey * dy, across = ex * dy - ey * dx;
            const ends = Math.min(ex * ex + ey * ey, (ex - dx) ** 2 + (ey - dy) ** 2);
            const beside = along > 0 && along < length && 4 * across * across <= wide * wide * length;
            if (beside || 4 * ends <= wide * wide) image.ink[i * SIDE + j] = 1;
          }
      }
    }
    return image;
  }

  // The first and last row (or column) with ink; null where there is none.
  function extent(image, rows) {
    const [outer, inner] = rows ? [image.height, image.width] : [image.width, image.height];
    let first = -1, last = -1;
    for (let i = 0; i < outer; i++)
      for (let j = 0; j < inner; j++)
        if (rows ? at(image, i, j) : at(image, j, i)) { if (first < 0) first = i; last = i; break; }
    return first < 0 ? null : [first, last];
  }

  function crop(image) {
    const [top, bottom] = extent(image, true), [left, right] = extent(image, false);
    const height = bottom - top + 1, least = Math.ceil(height * LEAST_WIDTH[0] / LEAST_WIDTH[1]);
    const missing = Math.max(0, least - (right - left + 1)), before = Math.floor(missing / 2);
    const box = blank(height, right - left + 1 + missing);
    for (let i = 0; i < height; i++)
      for (let j = left; j <= right; j++) box.ink[i * box.width + j - left + before] = at(image, top + i, j);
    return box;
  }

  // A pixel is ink if one of the pixels that it stands for is.
  function stretch(box, height = 32, width = 20) {
    const out = blank(height, width);
    const from = (k, old, size) => Math.floor(k * old / size);
    const to = (k, old, size) => Math.max(from(k, old, size) + 1, from(k + 1, old, size));
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++)
        for (let r = from(i, box.height, height); r < to(i, box.height, height); r++)
          for (let c = from(j, box.width, width); c < to(j, box.width, width); c++)
            if (at(box, r, c)) out.ink[i * width + j] = 1;
    return out;
  }

  function centred(box, size = 32) {
    const out = blank(size, size), left = (size - box.width) / 2, top = (size - box.height) / 2;
    for (let i = 0; i < box.height; i++)
      for (let j = 0; j < box.width; j++) out.ink[(i + top) * size + j + left] = at(box, i, j);
    return out;
  }

  const sum = image => image.ink.reduce((total, value) => total + value, 0);
  const each = (image, rule) => {
    const out = blank(image.height, image.width);
    for (let i = 0; i < image.height; i++)
      for (let j = 0; j < image.width; j++)
        out.ink[i * image.width + j] = rule(at(image, i, j), at(image, i - 1, j) + at(image, i + 1, j) + at(image, i, j - 1) + at(image, i, j + 1));
    return out;
  };

  // One stroke width for all: thinned once or twice where much is ink, thickened once or twice where little is.
  function even(image) {
    const ink = sum(image);
    for (const limit of [412, 560]) if (ink > limit) image = each(image, (own, round) => own && round === 4 ? 1 : 0);
    for (const limit of [256, 108]) if (ink < limit) image = each(image, (own, round) => own || round ? 1 : 0);
    return image;
  }

  // Rows shifted so that the left edge at the top (two rows in) stands above the left edge at the bottom.
  function upright(image) {
    const rows = extent(image, true);
    if (!rows || rows[1] - rows[0] < 5) return image;
    const [top, bottom] = [rows[0] + 2, rows[1] - 2];
    const left = row => { for (let j = 0; j < image.width; j++) if (at(image, row, j)) return j; return -1; };
    if (left(top) < 0 || left(bottom) < 0) return image;
    const lean = left(top) - left(bottom), out = blank(image.height, image.width);
    for (let row = 0; row < image.height; row++) {
      const twice = 2 * (row - image.height / 2) * lean;
      const shift = Math.sign(twice) * Math.floor((Math.abs(twice) + bottom - top) / (2 * (bottom - top)));
      for (let j = 0; j < image.width; j++) out.ink[row * image.width + j] = at(image, row, j - shift);
    }
    return out;
  }

  function counted(image, size = 4) {
    const across = image.width / size, out = new Float64Array(across * image.height / size);
    image.ink.forEach((value, k) => {
      const row = Math.floor(k / image.width), column = k % image.width;
      out[Math.floor(row / size) * across + Math.floor(column / size)] += value / (size * size);
    });
    return out;
  }

  const recipe = image => sum(image) ? upright(even(centred(stretch(crop(image))))) : blank(32, 32);
  const normalise = image => counted(recipe(image));
  const asDrawn = image => counted(image, SIDE / 8);

  // A network's answer, as nnlib computes it: layers [{weight, bias}] with ReLU between them, softmax at the end.
  // weight holds inputs × outputs numbers row by row, bias one for each output.
  function probabilities(layers, x) {
    layers.forEach(({ weight, bias }, place) => {
      const z = Float64Array.from(bias);
      for (let i = 0; i < x.length; i++)
        if (x[i]) for (let j = 0; j < z.length; j++) z[j] += x[i] * weight[i * z.length + j];
      x = place < layers.length - 1 ? z.map(value => Math.max(0, value)) : z;
    });
    const most = Math.max(...x), powers = x.map(value => Math.exp(value - most)), total = powers.reduce((a, b) => a + b);
    return powers.map(value => value / total);
  }

  // Numbers as classroom/draw/reader.py packs them: float32 in base64, all first bytes, all second ones, …
  function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0)), n = bytes.length / 4;
    const view = new DataView(new ArrayBuffer(4));
    return Float32Array.from({ length: n }, (_, k) => {
      for (let place = 0; place < 4; place++) view.setUint8(place, bytes[place * n + k]);
      return view.getFloat32(0, true);
    });
  }

  globalThis.nnDigits = { ...globalThis.nnDigits, bitmap, recipe, normalise, asDrawn, probabilities, unpacked };
})();
