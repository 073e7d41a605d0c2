// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"
#include "link/linkrules.h"

using Fuzz::check;

/// Rules of the emulated link as text.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Input input(data, size);
    const LinkRules::Read read = LinkRules::read(QString::fromUtf8(input.rest()));
    check(read.error.isEmpty() || read.rules.isEmpty(), "either rules or an error");
    for (const LinkRule &rule : read.rules) {
        check(rule.jitter <= rule.delay && rule.delay <= LinkRule::maxDelay, "delays are bounded");
        check(rule.chance <= LinkRule::always, "nothing is more than certain");
    }
    const LinkRules::Read again = LinkRules::read(LinkRules::text(read.rules));
    check(again.error.isEmpty() && again.rules == read.rules, "rules come back as they were written");
    return 0;
}
