// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturefile.h"
#include "capture/capturesignature.h"
#include "input.h"
#include "tcpdump/tcpdumpline.h"

#include <QTemporaryFile>

using Fuzz::check;
using State = CaptureFile::State;

namespace {

/// Returns tcpdump's lines for what is new in the file.
QByteArray readOn(CaptureFile &file, qsizetype fileBytes)
{
    std::vector<Segment> segments;
    State state = State::More;
    while (state == State::More) {
        state = file.read(100, segments);
        check(file.packets() <= quint32(fileBytes / 16), "no more packets than there is room for");
    }
    check(state != State::Broken || !file.sentence().isEmpty(), "what is broken is told");
    std::string lines;
    for (const Segment &segment : segments) {
        TcpdumpLine::append(segment, {}, lines);
        lines += '\n';
    }
    return QByteArray::fromStdString(lines);
}

} // namespace

/// Input: where the file ends at first, in 256ths of its size; then the file.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Input input(data, size);
    const qsizetype first = input.rest().size() * input.byte() / 256;
    const QByteArrayView capture = input.rest();
    if (!CaptureSignature::packingOf(capture).name.isEmpty())
        return 0; // compressed files are not read while they grow

    QTemporaryFile growing;
    check(growing.open(), "a temporary file opens");
    const auto write = [&growing](QByteArrayView bytes) {
        check(growing.write(bytes.data(), bytes.size()) == bytes.size() && growing.flush(), "a file is written");
    };
    write(capture.first(std::min(first, capture.size())));
    CaptureFile followed(growing.fileName());
    QByteArray lines = readOn(followed, capture.size());
    write(capture.sliced(std::min(first, capture.size())));
    lines += readOn(followed, capture.size());

    CaptureFile whole(growing.fileName());
    check(readOn(whole, capture.size()) == lines, "a capture that grows gives what the whole one gives");
    check(whole.packets() == followed.packets() && whole.sentence() == followed.sentence(), "and says the same");
    return 0;
}
