// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamrowtext.h"

#include "steps/steptext.h"
#include "ui/steps/hexdump.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

struct StreamRowTextStrings {
    Q_DECLARE_TR_FUNCTIONS(StreamRowText)
};

QByteArrayView withoutNewline(QByteArrayView bytes)
{
    if (bytes.endsWith('\n'))
        bytes.chop(1);
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    return bytes;
}

} // namespace

QString StreamRowText::of(const StreamPart &row, StreamForm form, qint64 offset)
{
    if (row.missing == 1)
        return StreamRowTextStrings::tr("[1 byte was not captured]");
    if (row.missing > 0)
        return StreamRowTextStrings::tr("[%1 bytes were not captured]").arg(QLocale().toString(row.missing));
    if (form == StreamForm::Hex)
        return HexDump::line(offset, row.bytes);
    return StepText::escaped(withoutNewline(row.bytes)).text;
}

StreamRowText::Range StreamRowText::characters(const StreamPart &row, StreamForm form, qint64 offset, qsizetype from,
                                               qsizetype to)
{
    if (row.missing > 0)
        return {};
    if (form == StreamForm::Hex)
        return {HexDump::column(offset, from), HexDump::column(offset, to - 1) + 2};
    const auto shown = [&row](qsizetype bytes) {
        const QByteArrayView before = withoutNewline(row.bytes);
        return StepText::escaped(before.first(std::min(bytes, before.size()))).text.size();
    };
    return {shown(from), shown(to)};
}
