// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/packetfile.h"
#include "input.h"

#include <QTemporaryFile>

using Fuzz::check;
using State = PacketFile::State;

/// Input: the file.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QTemporaryFile file;
    check(file.open() && file.write(reinterpret_cast<const char *>(data), qint64(size)) == qint64(size) && file.flush(),
          "a file is written");
    PacketFile packets(file.fileName());
    State state = State::More;
    while (state == State::More || state == State::Packet)
        state = packets.next();
    check(state != State::Broken || !packets.sentence().isEmpty(), "what is broken is told");
    check(packets.next() == state, "the end is the end");
    return 0;
}
