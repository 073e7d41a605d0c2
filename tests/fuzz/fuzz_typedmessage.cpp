// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"
#include "messages/typedmessage.h"

using Fuzz::check;

/// The first byte: the form, the encoding and the line breaks. The rest: the text.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Input input(data, size);
    const int flags = input.byte();
    TypedMessage typed;
    typed.form = MessageForm(flags % 3);
    typed.encoding = flags & 0x10 ? TypedMessage::Encoding::Latin1 : TypedMessage::Encoding::Utf8;
    typed.hasCrLf = flags & 0x20;
    typed.text = flags & 0x40 ? QString::fromLatin1(input.rest()) : QString::fromUtf8(input.rest());

    const TypedMessage::Read read = typed.read();
    const QByteArray bytes = read.message.fill({.counter = flags, .wallUs = flags});
    if (read.mistake) {
        check(read.mistake->at >= 0 && read.mistake->length > 0, "a mistake has a place");
        check(read.mistake->at + read.mistake->length <= typed.text.size(), "the place of a mistake is in the text");
        check(!read.mistake->sentence.isEmpty(), "a mistake has a sentence");
    }
    if (typed.form == MessageForm::Text)
        check(read.mistake || !read.message.hasFields(), "a text has no fields");

    TypedMessage same{.text = TypedMessage::withEscapes(bytes, typed.encoding),
                      .form = MessageForm::Escapes,
                      .encoding = typed.encoding};
    check(!same.read().mistake && same.read().message.fill({}) == bytes, "escapes give the bytes back");
    same = {.text = TypedMessage::inHex(bytes), .form = MessageForm::Hex};
    check(!same.read().mistake && same.read().message.fill({}) == bytes, "hex gives the bytes back");
    return 0;
}
