// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagefile.h"

#include "base/plainfile.h"
#include "typedmessage.h"

#include <QCoreApplication>
#include <QFile>

#include <unistd.h>

namespace {

struct MessageFileStrings {
    Q_DECLARE_TR_FUNCTIONS(MessageFile)
};

MessageFile::Read readOpen(QFile &file)
{
    QByteArray bytes = file.read(TypedMessage::maxBytes + 1);
    if (file.error() != QFile::NoError)
        return {.bytes = {}, .error = file.errorString()};
    if (bytes.size() > TypedMessage::maxBytes)
        return {.bytes = {}, .error = MessageFileStrings::tr("a message has at most 16 MiB")};
    return {.bytes = bytes, .error = {}};
}

} // namespace

MessageFile::Read MessageFile::read(const QString &path)
{
    QFile file(path);
    if (path.isEmpty())
        return {.bytes = {}, .error = MessageFileStrings::tr("it has no name")};
    if (const QString reason = PlainFile::open(file); !reason.isEmpty())
        return {.bytes = {}, .error = reason};
    return readOpen(file);
}

MessageFile::Read MessageFile::readStandardInput()
{
    QFile file;
    if (!file.open(STDIN_FILENO, QIODevice::ReadOnly))
        return {.bytes = {}, .error = file.errorString()};
    return readOpen(file);
}
