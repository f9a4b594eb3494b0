/** A folder, wherever it lies. Names are relative, with /. */
export interface BankFolder {
  /** A whole file; or, as a text to follow its name, why it cannot be had. */
  read(name: string, mostBytes: number): Uint8Array | { readonly problem: string };
}
