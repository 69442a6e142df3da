package dev.heddle.acc.wire;

import dev.heddle.config.Language;

/// How a request went, on the wire as a number and a text: in replies on `/acc` and in the answers
/// of the HTTP API. Numbers and Chinese texts are those of gowebsocket.
public enum Code {
    OK(200, "Success", "Success"),
    NOT_LOGGED_IN(1000, "not logged in", "未登录"),
    BAD_PARAMETER(1001, "bad parameter", "参数不合法"),
    BAD_USER_ID(1002, "bad user id", "非法的用户ID"),
    NOT_AUTHORIZED(1003, "not authorized", "未授权"),
    SERVER_ERROR(1004, "server error", "系统错误"),
    NO_DATA(1005, "no data", "没有数据"),
    ADD_FAILED(1006, "add failed", "添加错误"),
    DELETE_FAILED(1007, "delete failed", "删除错误"),
    STORE_FAILED(1008, "store failed", "存储错误"),
    OPERATION_FAILED(1009, "operation failed", "操作失败"),
    NO_SUCH_ROUTE(1010, "no such route", "路由不存在");

    private final int number;
    private final String english;
    private final String chinese;

    Code(int number, String english, String chinese) {
        this.number = number;
        this.english = english;
        this.chinese = chinese;
    }

    /// The number on the wire.
    public int number() {
        return number;
    }

    /// The standard text.
    public String text(Language language) {
        return language.choose(english, chinese);
    }
}
