// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagefile.h"

#include "base/plainfile.h"

#include <QCoreApplication>
#include <QFile>

#include <unistd.h>

namespace {

struct MessageFileStrings {
    Q_DECLARE_TR_FUNCTIONS(MessageFile)
};

QString opened(QFile &file, const QString &path)
{
    return path.isEmpty() ? MessageFileStrings::tr("it has no name") : PlainFile::open(file);
}

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
    if (const QString reason = opened(file, path); !reason.isEmpty())
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

MessageFile::Typed MessageFile::typed(const QString &path)
{
    QFile file(path);
    TypedMessage message{.text = path, .form = MessageForm::File};
    if (const QString reason = opened(file, path); !reason.isEmpty())
        return {.message = message, .error = reason};
    if (file.size() > TypedMessage::maxBytes) {
        message.streamedBytes = file.size();
        return {.message = message, .error = {}};
    }
    const Read read = readOpen(file);
    message.content = read.bytes;
    return {.message = message, .error = read.error};
}
