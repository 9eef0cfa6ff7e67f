import { expect, test } from "bun:test";

import { addRow, customOf, rowsOf } from "./custom-fields.ts";

test("a contact's fields come out of the form as they went in", () => {
  const custom = { CPF: "123", Aniversário: "3 de maio" };
  expect(customOf(rowsOf(custom))).toEqual(custom);
});

test("a field without a name or without a value is left out", () => {
  const rows = addRow(addRow(rowsOf({ CPF: " 123 " })));
  const [cpf, second, third] = rows;
  if (!cpf || !second || !third) throw new Error("three rows");
  expect(customOf([cpf, { ...second, name: "Rua" }, { ...third, value: "azul" }])).toEqual({ CPF: "123" });
});

test("each new row has a key of its own, whichever were taken out before", () => {
  const rows = addRow(addRow([]));
  expect(addRow(rows.slice(1)).map(({ key }) => key)).toEqual([1, 2]);
});
