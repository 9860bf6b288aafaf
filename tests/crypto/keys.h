/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TEST KEYS, made once with openssl genpkey so that tests need not make any. They are public: never
 * use one for anything but a test.
 */
#ifndef KVKCSR_TESTS_CRYPTO_KEYS_H
#define KVKCSR_TESTS_CRYPTO_KEYS_H

/* RSA 2048: root. */
#define KVK_TEST_RSA_A \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCk5hVNnRDfBtKk\n" \
	"bOSl5XiZhti55I+QirFVicK4Cb40zeltGOFQNWN/cBCmLeBAv+/dODDBHFfpA4pv\n" \
	"aN6kmWpdPNN/kPWwxKys+JHQYH3CTD0zDCGo/Ay4A2h2s0ycKnmN6Zv2heP/rCza\n" \
	"K0fm/jFb/ViCpWkNa7LAZAC6CG4DtOm2wWnZqRaAcKazR80DlopMOIGujUSEDuSr\n" \
	"PMudKLrHrDNZc/8dP6bHKu/3w2xP9Lv+CuEASAfY+YWMu2xGbtakk+eZWlPFsNBn\n" \
	"5BmYSLavqgxCCgSVhfR6QQGCzTDJlcOFf2TXZiedUVGGlzVSAMwbIJKZ/svPi8Ue\n" \
	"WWJqLjA9AgMBAAECggEACtyH3zCfDZ2wrrlodx/uCWjHKjlqlmn4Q8ra603i/C3q\n" \
	"9+9pWePmXZzHT/baHFG4LjFXDsU76iJ8UhnNfniHd8Q7px2ofT/7IrqNujS829kz\n" \
	"N8NPDUcq3E0HKrhlLa0jjAws5HhNvAe+fZFXv1iTbjx6AcL88DAdmkwL+zT2cCJ1\n" \
	"p5RRzOEp1XJaib6kiSEXUphffnHprv2sayb2utncxkw4pVdTe/KZpV/WpfXTGyol\n" \
	"r7TzHKGHEHc5BP/tVYA7j8ijNK/WoCpX5J03T+pupE/RsdlGHzftj5x9kIa7UtxW\n" \
	"F7kmwXMrbwn8Q4LyC0kuksA5IRfSPEYryV+tNUcN0QKBgQDQrQGZEyqaj2KADSKv\n" \
	"8K+W/11CO8sB0C0D/grGFhc3UsEn7VYbnVqOXYQdxdacjeSdOBTHgTaqbiVRobuk\n" \
	"/sEZpR52wMnh4RCKQYlK3i75YfDOhSBM0ZOP4Io08dzWcZFbOWHgSLjk0N0FUbQF\n" \
	"TzRZ6ztVlWd40q3529sjS/3Y0QKBgQDKS4icWpAsd8hWHa0Q3uovcCkIz4A0B9mr\n" \
	"X2kXnIfrytmGDx14FYN5wvMKP8Yr0CmKbuzBUlCWCb8MCamTRlci1iRMhJZbU+WU\n" \
	"+2W9F0/ObY6pHMtbIhqGblSJdnySLEVoP9MugFv96243RcMG1x9rpx+Gvlk+QWH6\n" \
	"jUrXDqK7rQKBgFy/CB7I7f6UC+tt6yTXjLNH/GMbwDamF9vWZWN1Hgxws3jTe5n6\n" \
	"be0okzfIXoJmbl2SN2oUe/9zxRJrF8NVlu2W/ds6BIBoT7mjNyoXZjlg1m5zrM93\n" \
	"tmYUHlk5xjVpdHlfH6lXqRXJ3vImRiS190afzldTeBGzUa/jj5o4hDKBAoGAbRjv\n" \
	"Q+NTfafb0xWOEFsn0Q2cE7RUX7scGOALvUAdzXxIc5QTQH/ZuAD7MbvTFC3fOVk5\n" \
	"Nck+zKvU7JkJavO0aoUyblHTBM3qMr6hz6iS0bEkDvAIe82YoIc/8CKGbA6UH/TL\n" \
	"33g6JGajugtVcorx1wz6Y6CkYH7CaG1qvzCVcsECgYEApX45fPCdvtJXNS+o60jO\n" \
	"pwjruzrgWY7vRJIN2wSGsvX/1tRJsTsRgDz/ADUziCwlpqFvLvDFCL6mg7/ttKxu\n" \
	"A+bBv/sxB3bhctW8paMjNHrQ9leu7bNr+F9u4gtp8yVi0JLFlVPZcOVAJ8qZAccD\n" \
	"c8FrEy+ru9iFhkEhCBiCA38=\n" \
	"-----END PRIVATE KEY-----\n"

/* RSA 2048: intermediate. */
#define KVK_TEST_RSA_B \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCuhsK5PiUeoJ5u\n" \
	"WL+LFpxCKLCpS4KJocgsxDhgD1MH0FxIhbWllbbMxj6QUzZfrxQ3JVZI1zvY73qs\n" \
	"y4AgyzW0uqOUWkeAWGMB/k9OcUzQWAeOFHwpnaRQ2ZDRh1vpH31ousvwrmcUg5Yw\n" \
	"jTGzfNQrRBZVttMAOyhiN/bpeMUy6/TVy+ABmP0oZYHpTacPtBmI31PglbPRRHHl\n" \
	"yfVQBPva3xbzYmcOKVvBG+oIfQ7iWFEIsljlab0jwaSFtUSDqeY2t8wgTeQBWNDT\n" \
	"fk83zZdy5UfACUeuEm7ig60J5kenGkFkk95AGG4Z8jcebpbhlUjQmw7BhHAzlwle\n" \
	"4Ad0hmWBAgMBAAECggEAAWBJJUZG6yankSWsfveC7GefOvqAMT8gEbBLZICCbleX\n" \
	"fq/lNoTHb/ZpNGCfl2INRgEKnODrlSKQRFAHdtq7Ve050Hfkw++OekvLysnMagEj\n" \
	"sBxbvUVDsCqDAI/xatVnev2sEX4CjJAcDU5zs59ameu7xFnAcKpGv32C+iTMY0Ij\n" \
	"L1mwDcg2VdWNUaSzmhCCACp6KGdr7hCA2qULEfd9EcLQpzW7qt0TUY1R98Ob8MMF\n" \
	"2A7lDDXb8tj6i/ZZA+4Qi9QuwI8ZmXxJFMn/NTQevtNuZOhYSC+PcGYeERYMuL8l\n" \
	"ZHgTNW4dDDBA1xnmh7z1avTghpNnHMY1FO/kURxl0QKBgQDnz8XkVkgSc4dkLrCd\n" \
	"cngOzH/s3Hmz5oIeYte8GGNoqW/jbZD14sifbEwKJUrqyvr1O4pNQmuU5dBvfD5B\n" \
	"ZUE04G8P0MJPdNa+OJIqsucP5HfaE350BcxwDxuh/TxmlpFU3gMd5qAqghEBm+Q8\n" \
	"CLo8hYsbLsV8WJwG1OFFZioz2QKBgQDAvMREA129Ou4kEomYaAxTuMq+ozfyy7Se\n" \
	"fetOJKchX8/Y+azXy0XkxHT1RZ6IeXkMfyLKkBb488qeNzfb99oHN/N8aGN/c6vH\n" \
	"BOZycikQESBobaGlMrFvrJzxzo56vZ7G0WM1wfbZzH2+ENmN7cq/DVy/dI/Lw4nB\n" \
	"8O2qJsa96QKBgQC8rTJm/Ys/6WSDuDTskeUCNpTQ10r/kFjMHqt1X2xaHb8CH4Xj\n" \
	"fKjKib0CbQQjQv8sZz/UToF9+efDNh7930pJnXsIJmRhg7ndrfHaay8CknSyvTcp\n" \
	"fCa/9qwJFzL4VQkJSILE7ZfjwWXSJ26HJpte81sbzt/Sq9SjAtYwRE2JUQKBgGX5\n" \
	"ulJOAaPkcSmO0VRdAOCvLj5td2W0GA2fjAddZzxGSF+BwsyuVX2z4DoBqt6EfuJ4\n" \
	"xfys/iqcOsE5cAmneqlFFkPlq3c8yU9UrWUyN72zghUepF8WkkEG8EcURdh1SXPi\n" \
	"R36i8KvOAV215pWskhBBzqfR0V87R0Dg666SM6c5AoGAdk1OwToLm32KG6ZKhHiy\n" \
	"XcUp22TV/G7cnecBOSerwQNXZN4xWrciUHBm6NqvpaOD/c2oPOSM+DcsuBnEKrzv\n" \
	"noY3rXnRluYYTw8yPl+SB/rL3wZGFmvy4d8L1htC9YBL+fnTOm/b+SbfD4lBru7/\n" \
	"No5E/+tQjg5uiAzvYbb+MBQ=\n" \
	"-----END PRIVATE KEY-----\n"

/* RSA 2048: TSP CA. */
#define KVK_TEST_RSA_C \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCHG+E48iGKhQ7D\n" \
	"SZvZsG/te5QNpuqe5iPk/VKj2Qe/ATEyKYnxD+pVVBOGaWdILjXY+qbSi1D0XhBC\n" \
	"r+ASAACpLSX8TG1qy6nHgA90Lo70kRQZY1/uu5ud/3p8ygX3vMKVIrXxGBM5TLqI\n" \
	"6k6FmGVWpyfaid+y1vBId41wpVP9X4hq21KChb41sVHBDQSybX5xT0MXvFjhMVro\n" \
	"VVzBmjGSv9R8RUzhZVA6YZez6ITV9R8hoqA7k377ZdvquDh+b+APF/6OEoxgLSj1\n" \
	"gSJfh/iA07EkHD/saMz+sqEsc98ByxsWnwuffrpSbGpdnRSsoB8D9JlVlDi4zI0J\n" \
	"dUry7f5HAgMBAAECggEAN0CGhVQ3tT8ev2wtyQNncnX0IPUew6aYDUAveIP7r/fb\n" \
	"14i3OZbpnMWKSpB2RUVojfhLGpUQoS6KdcsY1iOcIZMuEpRqtp7dKpHLQBb+LTPb\n" \
	"RVqnU6jzRdTBkaDIefx+kqCkSRkwW2FucylmvSmKX7pyCOQTUD6n+uqxM9zYkSfV\n" \
	"NBjKiK3K0Id4KQ5iEbVh/+FesLfOX0umdgbTOfVV4HlW/O7R/R+38XEfYlzhkMMQ\n" \
	"mZjo2dVA3wIC5en/pqn7Prf14+paqrDQpYNdMrwePbatyfe8OrJfK8CByPssLBWQ\n" \
	"2yhsnswqESZm1ElqlHetkoAkmc8MMG+QgzNAkclHIQKBgQC6hqKenu2XVUwlWk8C\n" \
	"QbIR83F0gbPxl5pibd/R48jdnHONi30fPXfvM5cXHCS6OEh4Jbmv6JjkV+nX393X\n" \
	"NSwnhYCJA0h9xz5VXAeVDxx3GfMiGE+4W+WIAABuP3A4zPd+Uynjy1Mn3Ql8lGhj\n" \
	"5Gzg8Rum361CA40YHy2F/XFUdwKBgQC5bpmDuVVtYDwhyL+31ttFxn7TwLcnf7+p\n" \
	"+Xozi5SFs1jEPVKw3VivKM39i8FsXIFl3M3a2p1aEy9uAIwsYaxQmMSCcqsfWdkB\n" \
	"wEZC2zStiu+xls1vYnKmhyq6n/DF9FDRqhqxGzga/+wmwaD7RMreYZOoI0gikMzc\n" \
	"/qWviKAosQKBgQCNS6HygLfAVKgK/58sOXHX8U73j60tDMexWkQbLe8iGPrbtVfC\n" \
	"C4FH3Q/OPM6BllMnWISSAaOYDhShJ/9Xn/rjsVjN8YO/a+gHJ2DDBKBuhGTOZhY1\n" \
	"tL9qR34MBdhP3sx4kC0CVyqV3vXpvk5ZpVbpCxwETBpmEGSYaj3E61knPwKBgG/q\n" \
	"QpjvyJFk3aX+RUetU1X/gRhIXcJnJcRun8RwX8l5/v8hi8DXNukwlXKLYMgH5MkX\n" \
	"xN5rx0BQB/Y6Ol+m65sROLkKgCFB1ulppH5BUr/S9OuX+pFZN50uQymz0luHIygH\n" \
	"pGhz5x7UizCw+HnugQpKlhWKhcTm494ViuYwbYlhAoGBAKnJmwA1Zu1DB7TwzODI\n" \
	"kOKk5Vq3qf9GCWxI3KC5sB/2rOUoPnBKGYZP6co6XfpCEPhkqKZFkosS9j5oimto\n" \
	"On10QPv/deXERgbJyaf+iD1ZgvHCmpKbjUwgOcpha0W/U5JX+vFw8ARCKpJH8PXZ\n" \
	"KLlGDhk9Ab/f7A8Sv/Q7cy4i\n" \
	"-----END PRIVATE KEY-----\n"

/* RSA 2048: leaf. */
#define KVK_TEST_RSA_D \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCboaPmIm60GDmR\n" \
	"upHP8vbGNo9kv/zofnKhJDqFSubrtKzIh/Crkm/fycb4ODL+AVPe8dIgGGeBT2yp\n" \
	"BxqNpUZagdDMZtTAv7WssgSDFKbov2h8ZXDVP8GZxSArwY8RZVttmyh8o04xIH3C\n" \
	"cROzHcjTCkdxqWtTFrNxYSF9ZBxGzYpoZc1Vm1r6+jrXqXR04rnJ5ETbn4ijgRzG\n" \
	"BH8WggTwuo5CyALFd2hgbylCVvTmgSlUeetN+DyWXV+ALP8BPs5FEse2PJXZbxJr\n" \
	"qZcpUYFUHM/o6bkARMb9zx2LIQbqJtPcgNOljY7sZwxMP58kmyEjoXS4IKXy3NqY\n" \
	"h6hQH9y1AgMBAAECggEAIYu2npca6hZTqGIA5oQeJYzinSqV2s5QqoO62nrR6gn8\n" \
	"eU/19CGBHElrqhrBAQeruqFAs9rWyqRiTU/C7TesAbu8FCbxImfgQsxvVQrJTF9f\n" \
	"p/qcltaihiDbpZrX2f3RNn+seysfIk841EXX43Ke1ECBtFH6mIMK5Dw1wgenYao7\n" \
	"pRU16dUwte+R8fDOh1RnRRJACYXDNLYVToW9d4ktXA01rVhwSMMdvv6vMy6AK/vI\n" \
	"LJ2NQS3e1Cx8ZcR7/eh8+5oV3u8s1LTMn9JZFq9LKTersSsNvo7G03liRjecAUIq\n" \
	"PtsBCwA1GRwL+oYCE4+y11g97jIPg3IHly9hVEYjGQKBgQDK1XFmQ3M8oHgJQkII\n" \
	"3HnWobwsE8wKpkIDTeZ/Wmb3+tnZ45uYNjusmgnItANWsuNjX43sUxGyKvganATt\n" \
	"w9tFIiV555t0TQB48i506v7HzqbjyjaVgRngdHYTE6JVZM0y/XYp1bqz13qHAwzV\n" \
	"/q7kLLBU1R/mN4LCkFeP4tb4DQKBgQDEbNLQIlVg0b004IxLkPZyotJO9hZAIkGK\n" \
	"iEI+ZYvlPu+/GDontjiAx8dyavwKRjFG25+itM0fwWTL8EAxRdyBAvCcm2bCRdRr\n" \
	"CwRe91OhCt3L4h8eDIoH9DmJCkKnoObnuXliH92CiPZ8fs8TOMPXPlCljaf6R8M9\n" \
	"HrEW8U5lSQKBgBoy4ZfU5ICTNY30mfTtDWu0rkp/MB68BNDKchhHA//JzfO/22wY\n" \
	"rTKJHvRmk/vR1V8Ti5BX1nRN6of9WQGhB6RxWafaS5EFFSeKGIgPhmMmhRXtG4nK\n" \
	"CB6ezFWAdrpS79JDPM0Ah0INdg0UTschQ1PDle8PLDSfPOuGm1jBcwTNAoGBAK5n\n" \
	"qa8gLQqwb/0ZO7iE2C3lIDL4Eb2ULPmiDp90boh4H0tfaZOFGhpOSGrxTySYOnyd\n" \
	"2NoRCuidQLBLe9PEIgty3s1Otijc88SvnYvsspaVHWZAOjzmCVESqlthftlz5lHt\n" \
	"vzc+7+FNVv4nYhnBFzJwpA66/mEdgt8r9zVVwLPxAoGBAKHrqvYRha+AfMzbeK41\n" \
	"k/KAO8lGRnBjmqlTtPmSWjxJwGez2QuFD/JsQmaXTFFD3mWvMkYPfDzwf/QjbqVN\n" \
	"BslVEDI8byFyIcm0KdCX7PYJcCchJ1i4+R7i2Kdus82JqDlF75mbdKqxTTYyJPcj\n" \
	"tcLuSnitffm34E4Qm30oV2et\n" \
	"-----END PRIVATE KEY-----\n"

/* RSA 1024: too short for anything. */
#define KVK_TEST_RSA_1024 \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBALMnFGEnrkTm3iqP\n" \
	"ov4sXX4Ex1BcpnkSlcKm9z7IdsI6/sDKz5tmLf2+U+fhVnA7rorvZo2PT9ZqgaJd\n" \
	"/JmV7OAlICcLKVUEphlNA2pkyWWNhLItAxJ+ug3pjd1eBlcvAEf2lKYgruqxs66i\n" \
	"q9GBM+HGr0xAGTU0Xpik5sMWqIZxAgMBAAECgYEAgahr6HC2gGlyKu1vsnLbayP8\n" \
	"OF4FoaRgvNLoKAkfYi0eSNu/ayGFcZp40V5Vl76p8SWYXCV3S6AjmCZbdbB7EPub\n" \
	"7avcrbkYPCCAYnP/74ulb+37rrZSUvpg3U0x1ybWT7Fl1QTEwtqbjcnlFISgsEKz\n" \
	"p8KQYjF+pQjKXufkca0CQQDgStiDAb5S2cPL8ef0mJo258tOWxXRVOoKiA+mfN38\n" \
	"zBgJ9DP/P3PkSHv9q8a7lJ7++c51CTFHUH2bvEM6aD57AkEAzHqf/qES2aQxZyiV\n" \
	"UkVs3xQkPuiZk8S4M6dFd4IF9FOYwgc/B+8tZwCkVMURnKfHRtOymW74uiuLi721\n" \
	"GnrxAwJBAI76537MM7m5HHn8YfOo/FYX+aCfrA7f5LqF9gQaAaFPsdtWk3cZyhUy\n" \
	"p+gUAwI9QgYk1RoCnClsBEatAuZO4dUCQD50QcPzDJ/fD5vTgHAldlBYhY2VW7sP\n" \
	"fbeBIq2S0CDFG8Y/klfpDLQGNSsTGgMAF9ShOk6031F1lWS0J8mTvWMCQCNQ/Fu1\n" \
	"wxBUYO0zrj852K/NgHci1zU2FYtEwpbRfSc7p23iJCvAmLI9tLvlWOHWMcVPa60e\n" \
	"uKp66Ri7V0cMeUE=\n" \
	"-----END PRIVATE KEY-----\n"

/* ECDSA P-256. */
#define KVK_TEST_P256 \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLMLTdCjzPWJK177E\n" \
	"AHn6dXCN2iQvdoUk+yOPOarLHpKhRANCAATMkZ0/gEfRhhNXDXf13QCZIN0nCA5N\n" \
	"wSE9Oj5Xp+pqL8tR7lAdg0uQI47chN6JGqFMfPw1hVzhTRdKJKj+nj5n\n" \
	"-----END PRIVATE KEY-----\n"

/* ECDSA P-384. */
#define KVK_TEST_P384 \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDD35vDz6Ezki5dPKE8Y\n" \
	"+SCaLQZyrx++B82UnyGM6Fi0G31mFa/nb7UZVa+/6pwQiQyhZANiAARiHe95bHDs\n" \
	"7GItse/vIY1Z6h233PDcs8Fwr42SdBTmHRFpg+OxpT5KHMwjrUVzkxROp4gXSnEI\n" \
	"BUrr21xoSX5AwktwbfCuJ9ID6SSYpvrKvSDxKn37+M14yRv8GtaE2go=\n" \
	"-----END PRIVATE KEY-----\n"

/* Ed25519. */
#define KVK_TEST_ED25519 \
	"-----BEGIN PRIVATE KEY-----\n" \
	"MC4CAQAwBQYDK2VwBCIEIO2qDJaWlhwd9Lz0aATHRTlRJVXdUWGu6tsP8ZwPy8YE\n" \
	"-----END PRIVATE KEY-----\n"

#endif
