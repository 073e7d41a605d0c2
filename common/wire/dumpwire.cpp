// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "dumpwire.h"

#include "capturefile.h"
#include "tcpdumppages.h"

#include <QCoreApplication>

#include <cerrno>

namespace {

bool printPages(const FlowTable &flows, const TcpdumpPages &pages, bool isRelative, std::FILE *to)
{
    const auto write = [to](const QByteArray &text) {
        return std::fwrite(text.constData(), 1, size_t(text.size()), to) == size_t(text.size());
    };
    for (int flow = 0; flow < flows.count(); ++flow) {
        if ((flow > 0 && !write("\n")) || !pages.print(flow, isRelative, write))
            return false;
    }
    return std::fflush(to) == 0;
}

} // namespace

QString dumpWire(const QString &path, bool isRelative, std::FILE *to)
{
    constexpr qsizetype packetsAtOnce = 4096;
    CaptureFile file(path);
    FlowTable flows;
    TcpdumpPages pages(flows);
    std::vector<Segment> segments;
    for (auto state = CaptureFile::State::More; state == CaptureFile::State::More;) {
        segments.clear();
        state = file.read(packetsAtOnce, segments);
        for (const Segment &segment : segments)
            pages.append(segment, flows.append(segment));
    }
    flows.setEnded();
    if (!printPages(flows, pages, isRelative, to))
        return QCoreApplication::translate("DumpWire", "What it holds cannot be printed: %1")
            .arg(qt_error_string(errno));
    return file.sentence();
}
