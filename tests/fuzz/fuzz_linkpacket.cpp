// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"
#include "link/linkdecider.h"
#include "link/linkrules.h"

using Fuzz::check;

/// Rules of the emulated link in the first line; then packets, each with a byte for its end (0: client) and one for its
/// size.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Input input(data, size);
    const qsizetype line = qMax<qsizetype>(0, input.rest().indexOf('\n'));
    LinkDecider decider;
    decider.setRules(LinkRules::read(QString::fromUtf8(input.bytes(line))).rules);
    input.byte();

    SegmentCounter counter;
    LinkTime now{};
    while (!input.isEmpty()) {
        const Side from = input.byte() == 0 ? Side::Client : Side::Server;
        const QByteArray bytes = input.bytes(input.byte()).toByteArray();
        now += std::chrono::milliseconds(1);
        const auto packet = LinkPacket::read(from, bytes, counter);
        if (!packet)
            continue;
        check(packet->corruptibleAt + packet->corruptible <= bytes.size(), "only bytes of the packet are corrupted");
        const LinkFate fate = decider.decide(*packet, now);
        check(fate.loss != LinkLoss::None || fate.due >= now, "nothing arrives before it departs");
        check(!fate.corruptedBit || *fate.corruptedBit < bytes.size() * 8, "a bit of the packet is flipped");
        check(fate.copies <= LinkRules::maxRules, "copies are bounded");
    }
    return 0;
}
