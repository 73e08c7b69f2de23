export {};
//# sourceMappingURL=sentinel.d.ts.map