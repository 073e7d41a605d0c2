// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "dumpwire.h"

#include "base/exportprogress.h"
#include "capture/capturefile.h"

#include <QCoreApplication>

#include <cerrno>

namespace {

struct DumpWireStrings {
    Q_DECLARE_TR_FUNCTIONS(DumpWire)
};

QString cannotPrint()
{
    return DumpWireStrings::tr("The contents cannot be printed: %1").arg(qt_error_string(errno));
}

bool printPages(const FlowTable &flows, const TcpdumpPages &pages, bool isRelative, int connection,
                const TcpdumpPages::Write &write)
{
    const int first = connection > 0 ? connection - 1 : 0;
    const int end = connection > 0 ? connection : flows.count();
    for (int flow = first; flow < end; ++flow) {
        if ((flow > first && !write("\n")) || !pages.print(flow, isRelative, write))
            return false;
    }
    return true;
}

} // namespace

WireDump dumpWire(const QString &path, bool isRelative, int connection, const TcpdumpPages::Write &write,
                  const ExportProgress *progress)
{
    const auto isCancelled = [progress] { return progress && progress->isCancelled(); };
    CaptureFile file(path);
    FlowTable flows;
    TcpdumpPages pages(flows);
    std::vector<Segment> segments;
    for (auto state = CaptureFile::State::More; state == CaptureFile::State::More && !isCancelled();) {
        segments.clear();
        state = file.read(CaptureFile::packetsAtOnce, segments);
        for (const Segment &segment : segments)
            pages.append(segment, flows.append(segment));
    }
    flows.setEnded();
    const auto writeOn = [&](QByteArrayView text) { return !isCancelled() && write(text); };
    if (connection > flows.count())
        return {.error = DumpWireStrings::tr("The capture has no connection %1").arg(connection)};
    if (!printPages(flows, pages, isRelative, connection, writeOn))
        return {.error = cannotPrint()};
    return {.error = file.sentence(), .leftOut = file.leftOut().sentence()};
}

WireDump dumpWire(const QString &path, bool isRelative, int connection, std::FILE *to)
{
    const auto write = [to](QByteArrayView text) {
        return std::fwrite(text.data(), 1, size_t(text.size()), to) == size_t(text.size());
    };
    WireDump dump = dumpWire(path, isRelative, connection, write);
    if (std::fflush(to) != 0)
        dump.error = cannotPrint();
    return dump;
}
